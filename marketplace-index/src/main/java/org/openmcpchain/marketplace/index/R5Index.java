/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import aQute.bnd.osgi.repository.XMLResourceGenerator;
import aQute.bnd.osgi.resource.ResourceBuilder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;

/** The same releases for an OSGi resolver (OSGi Compendium 132, XML repository). */
final class R5Index {

    private R5Index() {}

    /** The increment is the catalogue's sequence: bnd would write the time, and two runs would differ. */
    static byte[] of(String name, long sequence, List<JarFacts> jars) {
        try {
            XMLResourceGenerator generator =
                    new XMLResourceGenerator().name(name).increment(sequence).indent(2);
            for (JarFacts jar : jars) {
                ResourceBuilder resource = new ResourceBuilder();
                resource.addFile(jar.file().toFile(), URI.create("../" + Site.blobPath(jar.sha256())));
                generator.resource(resource.build());
            }
            ByteArrayOutputStream xml = new ByteArrayOutputStream();
            generator.save(xml);
            return xml.toByteArray();
        } catch (Exception e) {
            throw new IndexException("the R5 index cannot be written: " + e.getMessage(), e);
        }
    }
}
