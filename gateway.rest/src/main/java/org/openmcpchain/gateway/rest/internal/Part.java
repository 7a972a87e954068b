/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;

/** A part of the host that may be away for a moment, for example while its bundle is being replaced. */
final class Part {

    private Part() {}

    /** The service, or a 503 that names what is away. */
    static <T> T present(T service, String name) {
        if (service == null) {
            throw HostException.of(RequestError.RESOURCE_GONE_FOR_NOW, "part", name);
        }
        return service;
    }
}
