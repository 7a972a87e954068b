/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** Ends an answer that is longer than anything that is asked for: a node is not trusted with our memory. */
final class BoundedAnswers implements Interceptor {

    private final long limit;

    /** @param limit bytes of one answer */
    BoundedAnswers(long limit) {
        this.limit = limit;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        ResponseBody body = response.body();
        return body == null
                ? response
                : response.newBuilder().body(new Bounded(body)).build();
    }

    private final class Bounded extends ResponseBody {

        private final ResponseBody body;
        private final BufferedSource source;

        Bounded(ResponseBody body) {
            this.body = body;
            this.source = Okio.buffer(counted(body.source()));
        }

        @Override
        public MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }

    private Source counted(Source source) {
        return new ForwardingSource(source) {
            private long total;

            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long count = super.read(sink, byteCount);
                total += Math.max(count, 0);
                if (total > limit) {
                    throw new IOException("the answer is longer than " + limit + " bytes");
                }
                return count;
            }
        };
    }
}
