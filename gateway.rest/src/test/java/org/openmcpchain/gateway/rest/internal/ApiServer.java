/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.lifecycle.SingletonResourceProvider;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** The API on a real HTTP server with in-memory services behind it. */
final class ApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final String ADMIN = "admin-key";
    static final String READER = "reader-key";
    static final String RUNNER = "runner-key";
    static final String APPROVER = "approver-key";

    final InMemoryHost host = new InMemoryHost();
    private final EventStreams streams = new EventStreams();
    private final WaitingLane lane = new WaitingLane();
    private final org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final Server server;
    private final List<Object> resources;
    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ApiServer() {
        resources = List.of(
                inject(new TasksResource()),
                inject(new EventsResource(streams)),
                inject(new ToolsResource()),
                inject(new MarketResource()),
                inject(new ProvidersResource()),
                networks(),
                inject(new JournalResource(streams, lane)),
                inject(new ApprovalsResource()),
                inject(new PolicyResource()),
                inject(new SessionsResource(streams)),
                inject(new CollectResource(streams, lane)),
                inject(new DeadLettersResource()),
                inject(new ReceiptKeysResource()),
                new KeysResource(host.keys),
                new ErrorsResource(),
                inject(health()),
                new OpenApiResource());
        streams.start();
        CXFNonSpringServlet servlet = new CXFNonSpringServlet();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(holder, ApiApplication.BASE + "/*");
        StatisticsHandler graceful = new StatisticsHandler();
        graceful.setHandler(context);
        jetty.setHandler(graceful);
        new ContainerProblems().setServer(jetty);
        jetty.setStopTimeout(2000);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        try {
            jetty.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        base = "http://127.0.0.1:" + connector.getLocalPort() + ApiApplication.BASE;
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(servlet.getBus());
        factory.setAddress("/");
        factory.setResourceClasses(
                resources.stream().<Class<?>>map(Object::getClass).toList());
        resources.forEach(
                resource -> factory.setResourceProvider(resource.getClass(), new SingletonResourceProvider(resource)));
        factory.setProviders(List.of(
                new KeyFilter(host.keys),
                new ScopeFilter(),
                new JsonBody(),
                new PolicyBody(),
                new ProblemMapper(),
                new ResponseTracer()));
        server = factory.create();
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path, ADMIN).GET());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path, ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path, ADMIN).DELETE());
    }

    HttpRequest.Builder request(String path, String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The body as JSON. */
    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    /** The code of an answer that is a whole problem document. */
    static String code(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.body())
                .hasValueSatisfying(type -> assertThat(type).startsWith(Problem.MEDIA_TYPE));
        JsonNode problem = json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.get("remedy").asText()).isNotBlank();
        return problem.get("code").asText();
    }

    /** An event stream, from behind an event. */
    BufferedReader events(String path, String lastEventId) throws Exception {
        HttpResponse<InputStream> answer = client.send(
                request(path, ADMIN).header("Last-Event-ID", lastEventId).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The lines of the next event. */
    static List<String> next(BufferedReader events) throws Exception {
        List<String> lines = new ArrayList<>();
        String line = events.readLine();
        while (line != null && !line.isEmpty()) {
            lines.add(line);
            line = events.readLine();
        }
        return lines;
    }

    /** Takes away, as a restart of a bundle does, what people steer the host by. */
    void withoutControls() {
        without(host.controls.services());
    }

    /** The same for the journal. */
    void withoutJournal() {
        without(List.of(host.journal));
    }

    private void without(List<?> services) {
        for (Object resource : resources) {
            for (Field field : resource.getClass().getDeclaredFields()) {
                if (java.lang.reflect.Modifier.isVolatile(field.getModifiers())
                        && services.stream().anyMatch(field.getType()::isInstance)) {
                    set(field, resource, null);
                }
            }
        }
    }

    int openStreams() {
        return streams.count();
    }

    @Override
    public void close() {
        server.destroy();
        lane.stop();
        streams.stop();
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private NetworksResource networks() {
        NetworksResource networks = new NetworksResource();
        networks.bindChain(host.chain);
        networks.bindWallet(host.wallet);
        return networks;
    }

    private HealthResource health() {
        HealthResource health = new HealthResource();
        health.bindChain(host.chain);
        return health;
    }

    /** What Declarative Services does with the optional, dynamic references. */
    private <T> T inject(T resource) {
        for (Field field : resource.getClass().getDeclaredFields()) {
            if (java.lang.reflect.Modifier.isVolatile(field.getModifiers())) {
                host.services().stream()
                        .filter(field.getType()::isInstance)
                        .forEach(service -> set(field, resource, service));
            }
        }
        return resource;
    }

    static void set(Field field, Object target, Object value) {
        try {
            field.setAccessible(true);
            field.set(target, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
