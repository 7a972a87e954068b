/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the marketplace index is and how much of it is read. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain marketplace index",
        description = "The index that bundles are found in. Without this configuration the marketplace is unreachable.")
@interface IndexSettings {

    @AttributeDefinition(
            name = "URL",
            description = "Folder that holds catalogue.json: a file:, https: or http: URL. Artifacts are checked by"
                    + " digest, so plain http: endangers only the catalogue; use it on trusted networks.")
    String url();

    @AttributeDefinition(
            name = "Largest catalogue",
            description = "A larger catalogue is refused, so that an index cannot exhaust the memory. Bytes.",
            min = "1")
    int maxCatalogueBytes() default 8 * 1024 * 1024;

    @AttributeDefinition(
            name = "Largest artifact",
            description = "A listing of a larger jar is refused, so that an index cannot fill the disk. Bytes.",
            min = "1")
    long maxArtifactBytes() default 64L * 1024 * 1024;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "How long to wait for a connection to the index. Milliseconds.",
            min = "1")
    int connectTimeoutMillis() default 3_000;

    @AttributeDefinition(
            name = "Timeout",
            description = "How long one file may take from request to last byte. Milliseconds.",
            min = "1")
    int timeoutMillis() default 30_000;

    @AttributeDefinition(
            name = "Age",
            description = "How long a catalogue that was read is believed before it is asked for again; it is only"
                    + " read again when it has changed. Milliseconds; 0: ask each time.",
            min = "0")
    int maxAgeMillis() default 2_000;
}
