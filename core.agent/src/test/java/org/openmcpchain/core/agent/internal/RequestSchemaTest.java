/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmcpchain.tool.Param;

class RequestSchemaTest {

    private final ObjectMapper mapper = ToolJson.mapper();
    private final RequestSchema schemas = new RequestSchema(mapper);

    record BadDefault(@Param(value = "x", defaultValue = "{not json") String text) {}

    record Endless(@Param("again") Endless again) {}

    @Test
    void describesARequestInDraft202012() throws Exception {
        JsonNode schema = mapper.readTree(
                schemas.of(Optional.of(LedgerTool.PayRequest.class)).toString());

        assertThat(schema)
                .isEqualTo(
                        mapper.readTree(
                                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "type": "object",
                 "properties": {
                   "amount": {"type": ["string", "number"], "description": "how much to pay, in whole units",
                     "format": "amount", "minimum": 0.000001, "maxLength": 4000, "pattern": "^-?[0-9]{1,60}(\\\\.[0-9]{1,60})?$"},
                   "receiver": {"type": "string", "description": "who receives it", "format": "address",
                     "pattern": "^(0x[0-9a-fA-F]{40}|(?!0[xX])\\\\S{1,255})$", "maxLength": 4000},
                   "tolerance": {"type": ["string", "number"], "description": "share that may be lost", "format": "percent",
                     "default": 0.5, "maximum": 50, "maxLength": 4000, "pattern": "^-?[0-9]{1,60}(\\\\.[0-9]{1,60})?$"},
                   "patience": {"type": "string", "description": "how long it may take", "format": "duration",
                     "pattern": "^P(?!$)([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\\\\.[0-9]{1,9})?S)?)?$",
                     "maxLength": 4000},
                   "invoice": {"type": ["string", "integer"], "description": "number of the invoice", "format": "id",
                     "maxLength": 4000, "pattern": "^-?[0-9]{1,78}$"},
                   "memo": {"type": "string", "description": "a word for the books", "pattern": "^(?:[a-z]{1,8})$",
                     "maxLength": 4000}},
                 "required": ["amount", "receiver"],
                 "additionalProperties": false}
                """));
        List<String> order = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(order::add);
        assertThat(order).containsExactly("amount", "receiver", "tolerance", "patience", "invoice", "memo");
    }

    @Test
    void describesEnumsListsAndNestedRecords() {
        JsonNode properties =
                schemas.of(Optional.of(LedgerTool.LookRequest.class)).path("properties");

        assertThat(properties.path("order").path("enum").toString()).isEqualTo("[\"NEWEST\",\"OLDEST\"]");
        assertThat(properties.path("order").path("default").asText()).isEqualTo("NEWEST");
        assertThat(properties.path("labels").path("maxItems").asInt()).isEqualTo(100);
        assertThat(properties.path("labels").path("items").path("maxLength").asInt())
                .isEqualTo(4000);
        JsonNode window = properties.path("window");
        assertThat(window.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(window.path("required").toString()).isEqualTo("[\"first\"]");
        assertThat(window.path("properties").path("first").path("type").asText())
                .isEqualTo("integer");
    }

    @Test
    void describesAnOperationWithoutARequest() {
        JsonNode schema = schemas.of(Optional.empty());

        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("properties")).isEmpty();
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void refusesADefaultThatIsNotJsonAndATypeWithoutEnd() {
        assertThatThrownBy(() -> schemas.of(Optional.of(BadDefault.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default");
        assertThatThrownBy(() -> schemas.of(Optional.of(Endless.class))).isInstanceOf(Throwable.class);
    }
}
