/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import org.openmcpchain.author.testkit.ToolContract;
import org.openmcpchain.tool.Tool;

final class OracleToolContractTest extends ToolContract {

    @Override
    protected Tool tool() {
        return new OracleTool();
    }
}
