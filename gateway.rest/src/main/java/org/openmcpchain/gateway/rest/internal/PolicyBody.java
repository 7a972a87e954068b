/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.ws.rs.Consumes;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.ext.MessageBodyReader;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.PolicyText;

/** A policy that is sent as the YAML that it is. */
@Consumes({PolicyBody.YAML, PolicyBody.OLD_YAML, MediaType.TEXT_PLAIN})
public final class PolicyBody implements MessageBodyReader<PolicyText> {

    /** The media type of YAML. Source: RFC 9512. */
    static final String YAML = "application/yaml";

    static final String OLD_YAML = "text/yaml";

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == PolicyText.class;
    }

    @Override
    public PolicyText readFrom(
            Class<PolicyText> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        byte[] body = JsonBody.bounded(in);
        try {
            return new PolicyText(
                    null,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException e) {
            throw HostException.of(RequestError.REQUEST_MALFORMED);
        }
    }
}
