/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Manifest;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A Declarative Services component of a jar: what it offers, and the mandatory services that it waits for. */
record ComponentFacts(String name, String implementation, List<String> services, List<String> references) {

    static List<ComponentFacts> of(Jar jar, Manifest manifest) throws Exception {
        String header = manifest.getMainAttributes().getValue("Service-Component");
        if (header == null) {
            return List.of();
        }
        List<ComponentFacts> components = new ArrayList<>();
        for (String path : header.split(",")) {
            Resource resource = jar.getResource(path.trim());
            if (resource == null) {
                throw new IndexException(jar.getName() + " names the component file " + path.trim() + " and has none");
            }
            try (InputStream in = resource.openInputStream()) {
                components.add(parse(documents().newDocumentBuilder().parse(in).getDocumentElement()));
            }
        }
        components.sort(Comparator.comparing(ComponentFacts::name));
        return List.copyOf(components);
    }

    private static ComponentFacts parse(Element component) {
        String implementation = attributes(component, "implementation", "class").get(0);
        String name = component.getAttribute("name");
        NodeList references = component.getElementsByTagName("reference");
        TreeSet<String> mandatory = new TreeSet<>();
        for (int i = 0; i < references.getLength(); i++) {
            Element reference = (Element) references.item(i);
            if (!reference.getAttribute("cardinality").startsWith("0")) {
                mandatory.add(reference.getAttribute("interface"));
            }
        }
        return new ComponentFacts(
                name.isEmpty() ? implementation : name,
                implementation,
                List.copyOf(new TreeSet<>(attributes(component, "provide", "interface"))),
                List.copyOf(mandatory));
    }

    private static List<String> attributes(Element parent, String element, String attribute) {
        NodeList elements = parent.getElementsByTagName(element);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(((Element) elements.item(i)).getAttribute(attribute));
        }
        return values;
    }

    /** The jar is a stranger's: its XML may name no document type and fetch nothing. */
    private static DocumentBuilderFactory documents() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }
}
