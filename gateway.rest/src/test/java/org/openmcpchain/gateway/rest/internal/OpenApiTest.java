/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import org.junit.jupiter.api.Test;

/** The committed API document equals what the resources say. {@code -Dopenapi.update=true} writes it anew. */
class OpenApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "api", "openapi.json");

    static final Set<Class<?>> RESOURCES = new LinkedHashSet<>(java.util.List.of(
            TasksResource.class,
            EventsResource.class,
            ToolsResource.class,
            MarketResource.class,
            ProvidersResource.class,
            NetworksResource.class,
            JournalResource.class,
            ReceiptKeysResource.class,
            KeysResource.class,
            ErrorsResource.class,
            HealthResource.class,
            ApprovalsResource.class,
            PolicyResource.class,
            SessionsResource.class,
            CollectResource.class,
            DeadLettersResource.class));

    @Test
    void equalsTheCommittedDocument() throws IOException {
        String generated = generate();
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/api/openapi.json is stale: run this test with -Dopenapi.update=true and review the diff")
                .isEqualTo(generated);
    }

    @Test
    void coversEveryRouteAndEveryRouteNamesItsScope() {
        Set<String> routes = new TreeSet<>();
        for (Class<?> resource : RESOURCES) {
            String base = resource.getAnnotation(javax.ws.rs.Path.class).value();
            for (Method method : resource.getMethods()) {
                String verb = verb(method);
                if (verb != null) {
                    javax.ws.rs.Path path = method.getAnnotation(javax.ws.rs.Path.class);
                    routes.add(verb + " " + base + (path == null ? "" : plain(path.value())));
                    assertThat(method.isAnnotationPresent(Needs.class) || method.isAnnotationPresent(Open.class))
                            .as("%s says who may call it", method)
                            .isTrue();
                }
            }
        }

        Set<String> documented = new TreeSet<>();
        model().getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((verb, operation) -> documented.add(verb + " " + path)));

        assertThat(documented).isEqualTo(routes);
    }

    @Test
    void onlyLivenessIsOpen() {
        long open = RESOURCES.stream()
                .flatMap(resource -> Stream.of(resource.getMethods()))
                .filter(method -> method.isAnnotationPresent(Open.class))
                .count();

        assertThat(open).isEqualTo(1);
    }

    private static String generate() throws IOException {
        ObjectMapper sorted = new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        JsonNode tree = Json.mapper().valueToTree(model());
        Object plain = sorted.treeToValue(tree, Object.class);
        return sorted.writeValueAsString(sort(plain)) + "\n";
    }

    private static Object sort(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(key.toString(), sort(item)));
            return sorted;
        }
        if (value instanceof java.util.List<?> list) {
            return list.stream().map(OpenApiTest::sort).toList();
        }
        return value;
    }

    /** The resources' document, with the one error model on every operation. */
    private static OpenAPI model() {
        Set<Class<?>> classes = new LinkedHashSet<>(RESOURCES);
        classes.add(ApiApplication.class);
        OpenAPI api = new Reader(new OpenAPI()).read(classes);
        io.swagger.v3.core.converter.ModelConverters.getInstance()
                .readAll(Problem.class)
                .forEach(api.getComponents()::addSchemas);
        MediaType problem = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
        for (var path : api.getPaths().values()) {
            for (Operation operation : path.readOperations()) {
                operation
                        .getResponses()
                        .addApiResponse(
                                "default",
                                new ApiResponse()
                                        .description("An error")
                                        .content(new Content().addMediaType(Problem.MEDIA_TYPE, problem)));
            }
        }
        return api;
    }

    private static String verb(Method method) {
        if (method.isAnnotationPresent(GET.class)) {
            return "GET";
        }
        if (method.isAnnotationPresent(POST.class)) {
            return "POST";
        }
        if (method.isAnnotationPresent(PUT.class)) {
            return "PUT";
        }
        return method.isAnnotationPresent(DELETE.class) ? "DELETE" : null;
    }

    /** Without the regular expressions of its parameters, which the document does not have. */
    private static String plain(String path) {
        return path.replaceAll("\\{(\\w+): [^{}]*(\\{[^{}]*}[^{}]*)*}", "{$1}");
    }
}
