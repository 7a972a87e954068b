/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.core.Application;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;

/** Stands where the whiteboard's default application would, so that paths outside the API meet the same key check and error model. */
@Component(service = Application.class)
@JaxrsApplicationBase("/")
@JaxrsName(".default")
public final class NowhereApplication extends Application {

    private final Set<Object> parts;

    /** The application; it exists only while the keys do. */
    @Activate
    public NowhereApplication(@Reference ApiKeys keys) {
        parts = Set.of(
                new KeyFilter(keys),
                new ScopeFilter(),
                new JsonBody(),
                new ProblemMapper(),
                new ResponseTracer(),
                new Nowhere());
    }

    @Override
    public Set<Object> getSingletons() {
        return parts;
    }

    /** The one path that this application knows is not there either. */
    @Path("/")
    public static final class Nowhere {

        @GET
        @Needs(Scope.READ)
        public String nothing() {
            throw HostException.of(RequestError.RESOURCE_UNKNOWN);
        }
    }
}
