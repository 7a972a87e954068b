/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.List;

/** One comparison with a peer that runs on the same machine in the same run. */
interface Benchmark {

    /** The name on the command line. */
    String name();

    /** What is compared with what, in one sentence. */
    String summary();

    /**
     * Measures. Progress goes to standard error.
     *
     * @param arguments what stood behind the name
     */
    Report run(List<String> arguments) throws Exception;
}
