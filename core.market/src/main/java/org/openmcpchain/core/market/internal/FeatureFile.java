/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Permission;

/**
 * The Karaf feature that delivers one bundle: the verified jar, and the granted permissions as capabilities. A bundle
 * that requires a permission which was not granted does not resolve.
 *
 * @param name of the feature
 * @param requirement what Karaf is asked for, and no longer asked for when the bundle goes
 * @param file the feature repository; named by content, because Karaf caches repositories by URL
 */
record FeatureFile(String name, String requirement, Path file) {

    static final String PREFIX = "market-";

    private static final String NAMESPACE = "http://karaf.apache.org/xmlns/features/v1.6.0";
    /** Above everything of the host, so that a tool starts last and stops first. */
    private static final String START_LEVEL = "85";

    static FeatureFile of(BundleRef bundle, MarketFolder folder) {
        String name = PREFIX + bundle.symbolicName();
        return new FeatureFile(
                name,
                "feature:" + name + "/[" + bundle.version() + "," + bundle.version() + "]",
                folder.features().resolve(name + "-" + bundle.sha256() + ".xml"));
    }

    /** Whether a requirement in Karaf is one of this marketplace. */
    static boolean isOurs(String requirement) {
        return requirement.startsWith("feature:" + PREFIX) && requirement.contains("/[");
    }

    /** The symbolic name of the bundle that one of our requirements delivers. */
    static String bundleOf(String requirement) {
        return requirement.substring(("feature:" + PREFIX).length(), requirement.lastIndexOf("/["));
    }

    URI uri() {
        return file.toUri();
    }

    void write(Locked locked, Path blob) throws IOException {
        MarketFolder.write(file, xml(locked, blob));
    }

    private String xml(Locked locked, Path blob) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("features");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("name", name + "-" + locked.bundle().version());
            xml.writeStartElement("feature");
            xml.writeAttribute("name", name);
            xml.writeAttribute("version", locked.bundle().version());
            xml.writeStartElement("bundle");
            xml.writeAttribute("start-level", START_LEVEL);
            xml.writeCharacters(blob.toUri().toString());
            xml.writeEndElement();
            for (Permission permission : locked.permissions()) {
                xml.writeStartElement("capability");
                xml.writeCharacters(capability(permission));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a feature file is plain XML", e);
        }
        return text.toString();
    }

    private static String capability(Permission permission) {
        StringBuilder text = new StringBuilder(ArtifactCheck.PERMISSION);
        text.append(";kind=\"").append(permission.kind()).append('"');
        for (Map.Entry<String, String> attribute : permission.attributes().entrySet()) {
            text.append(';')
                    .append(attribute.getKey())
                    .append("=\"")
                    .append(attribute.getValue())
                    .append('"');
        }
        return text.toString();
    }
}
