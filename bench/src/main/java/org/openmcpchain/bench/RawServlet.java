/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.Hashtable;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The floor: what this container does when nothing is done. GET answers a constant, POST echoes the body. */
public final class RawServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final byte[] ANSWER = "{\"status\":\"up\"}".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, ANSWER);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, request.getInputStream().readAllBytes());
    }

    private static void answer(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Registers the servlet with the container's whiteboard. */
    public static final class Activator implements BundleActivator {

        @Override
        public void start(BundleContext context) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("osgi.http.whiteboard.servlet.pattern", "/bench/raw");
            context.registerService(Servlet.class, new RawServlet(), properties);
        }

        @Override
        public void stop(BundleContext context) {
            // the framework withdraws the service
        }
    }
}
