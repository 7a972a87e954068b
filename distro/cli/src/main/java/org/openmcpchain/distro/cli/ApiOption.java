/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which host is spoken to, and with which key. */
final class ApiOption {

    @Mixin
    private HomeOption home;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The API of a host elsewhere, for example https://host/api/v1 (default: the host of --home).")
    private String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file with the API key (default: the variable OPENMCP_API_KEY, then the first key of a host"
                    + " that nobody has taken yet).")
    private Path keyFile;

    @Option(names = "--json", description = "Print what the API answered, as one line of JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    HostClient client() {
        HostHome host = home.of(Checkout.here());
        return new HostClient(url == null ? local(host) : url.replaceAll("/+$", ""), key(host));
    }

    private static String local(HostHome host) {
        return host.running()
                .map(HostHome.Running::url)
                .orElseThrow(() -> new CliException("no host is running here", "Run ./openmcp up, or give --url"));
    }

    private String key(HostHome host) {
        try {
            if (keyFile != null) {
                return Files.readString(keyFile).trim();
            }
            String key = System.getenv("OPENMCP_API_KEY");
            if (key != null) {
                return key;
            }
            if (url == null && Files.isRegularFile(host.adminKey())) {
                return Files.readString(host.adminKey()).trim();
            }
        } catch (IOException e) {
            throw new CliException("the file with the API key cannot be read", "Check the path and its permissions");
        }
        throw new CliException(
                "no API key is given", "Put it into the variable OPENMCP_API_KEY, or into a file for --key-file");
    }
}
