/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import dev.langchain4j.agent.tool.P;
import java.math.BigDecimal;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolOperation;

/** The same trivial tool, once as a tool of this host and once as LangChain4j wants it. */
public final class PriceTool implements Tool {

    static final String NAME = "bench";

    private static final BigDecimal PRICE = new BigDecimal("2400.50");

    /** What to look up. */
    public record Request(@Param(value = "the asset", format = Format.ASSET) String asset) {}

    /** What it costs. */
    public record Price(String asset, BigDecimal price, String currency) {}

    /** As a tool of this host. */
    @ToolOperation(name = "price", description = "Tells the price of an asset in USD.")
    public Price price(Request request) {
        return new Price(request.asset(), PRICE, "USD");
    }

    /** As a tool of LangChain4j. */
    public static final class Annotated {

        /** The price of an asset. */
        @dev.langchain4j.agent.tool.Tool(name = ScriptedModel.TOOL, value = "Tells the price of an asset in USD.")
        public Price price(@P("the asset") String asset) {
            return new Price(asset, PRICE, "USD");
        }
    }
}
