/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import org.openmcpchain.author.testkit.ToolContract;
import org.openmcpchain.tool.Tool;

final class DexToolContractTest extends ToolContract {

    @Override
    protected Tool tool() {
        return new DexTool();
    }
}
