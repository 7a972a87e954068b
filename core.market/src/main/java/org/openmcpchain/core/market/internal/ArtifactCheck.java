/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.apache.felix.utils.resource.RequirementImpl;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.openmcpchain.core.market.internal.JarStructure.InvalidJar;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.market.Permission;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * Decides whether a jar that is the listed one may also be shown to Karaf. It refuses every header by which a bundle can
 * get into another bundle's class loader or hide what it needs.
 */
final class ArtifactCheck {

    static final String PERMISSION = "openmcp.permission";
    static final String KIND = "OpenMCP-Kind";

    private static final List<String> FORBIDDEN = List.of(
            Constants.FRAGMENT_HOST,
            Constants.DYNAMICIMPORT_PACKAGE,
            Constants.REQUIRE_BUNDLE,
            Constants.BUNDLE_NATIVECODE,
            Constants.BUNDLE_UPDATELOCATION);
    /** What can stand in a feature file and in an LDAP filter without meaning anything there. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/*+-]{1,256}");

    private ArtifactCheck() {}

    /** Error: {@code ARTIFACT_INVALID}. */
    static Artifact check(Path jar, Entry entry) {
        try {
            Map<String, String> headers = JarStructure.headers(jar);
            identity(headers, entry);
            for (String header : FORBIDDEN) {
                if (headers.containsKey(header)) {
                    throw new InvalidJar("its manifest has the header " + header);
                }
            }
            exports(headers, entry.id());
            Resource resource = ResourceBuilder.build(entry.sha256(), headers);
            List<Permission> permissions = permissions(resource);
            if (!new HashSet<>(permissions).equals(new HashSet<>(entry.permissions()))) {
                throw new InvalidJar("it does not ask for the permissions that the catalogue lists");
            }
            return new Artifact(entry, permissions, mandatory(resource), resource.getCapabilities(null));
        } catch (InvalidJar e) {
            throw invalid(e, entry, e.getMessage());
        } catch (BundleException | IOException | RuntimeException e) {
            throw invalid(e, entry, "it is not a jar with a valid manifest");
        }
    }

    private static void identity(Map<String, String> headers, Entry entry) throws InvalidJar {
        if (!"2".equals(headers.get(Constants.BUNDLE_MANIFESTVERSION))) {
            throw new InvalidJar("it is not an OSGi bundle");
        }
        Clause[] name = Parser.parseHeader(headers.get(Constants.BUNDLE_SYMBOLICNAME));
        if (name.length != 1 || !name[0].getName().equals(entry.id())) {
            throw new InvalidJar("its symbolic name is not the listed one");
        }
        if (!Version.parseVersion(headers.get(Constants.BUNDLE_VERSION)).equals(entry.version())) {
            throw new InvalidJar("its version is not the listed one");
        }
        if (!headers.getOrDefault(KIND, entry.kind()).equals(entry.kind())) {
            throw new InvalidJar("its kind is not the listed one");
        }
    }

    private static void exports(Map<String, String> headers, String id) throws InvalidJar {
        for (Clause export : Parser.parseHeader(headers.get(Constants.EXPORT_PACKAGE))) {
            if (!(export.getName() + ".").startsWith(id + ".")) {
                throw new InvalidJar("it exports the package " + export.getName() + ", which is not its own");
            }
        }
    }

    private static List<Permission> permissions(Resource resource) throws InvalidJar {
        List<Permission> permissions = new ArrayList<>();
        for (Requirement requirement : resource.getRequirements(PERMISSION)) {
            Map<String, String> attributes = new TreeMap<>();
            for (Map.Entry<String, Object> attribute :
                    requirement.getAttributes().entrySet()) {
                if (!(attribute.getValue() instanceof String value)
                        || !PLAIN.matcher(value).matches()
                        || !PLAIN.matcher(attribute.getKey()).matches()) {
                    throw new InvalidJar("it asks for a permission with an attribute that is not plain text");
                }
                attributes.put(attribute.getKey(), value);
            }
            String kind = attributes.remove("kind");
            if (kind == null || RequirementImpl.isOptional(requirement)) {
                throw new InvalidJar("it asks for a permission without a kind, or for an optional one");
            }
            permissions.add(new Permission(kind, attributes));
        }
        return permissions;
    }

    private static List<Requirement> mandatory(Resource resource) {
        return resource.getRequirements(null).stream()
                .filter(requirement -> !RequirementImpl.isOptional(requirement))
                .toList();
    }

    private static HostException invalid(Exception cause, Entry entry, String detail) {
        return HostException.caused(
                cause, MarketError.ARTIFACT_INVALID, "id", entry.id(), "version", entry.version(), "detail", detail);
    }
}
