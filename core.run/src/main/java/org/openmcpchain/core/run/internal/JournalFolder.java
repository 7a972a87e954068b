/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The folder beside the database: checkpoints, archives and snapshots. */
@Component(
        service = JournalFolder.class,
        name = "org.openmcpchain.core.run.JournalFolder",
        configurationPid = "org.openmcpchain.core.run.JournalFolder")
@Designate(ocd = JournalFolder.Settings.class)
public final class JournalFolder {

    /** No folder: for a store that has nothing beside it. */
    static final JournalFolder NONE = new JournalFolder((Path) null);

    private final Path root;

    /** Where the files are. */
    @ObjectClassDefinition(
            name = "OpenMCP-Chain: journal files",
            description = "The folder of checkpoints, archives and snapshots.")
    public @interface Settings {

        /** See the description. */
        @AttributeDefinition(
                name = "Directory",
                description =
                        "Where checkpoints, archives and snapshots are written; best on another disk than the database."
                                + " Unit: path. Default: empty, which means journal below the data folder.")
        String directory() default "";
    }

    /** The configured folder. */
    @Activate
    public JournalFolder(Settings settings, BundleContext context) {
        this(folder(settings, context));
    }

    /** A certain folder. */
    public JournalFolder(Path root) {
        this.root = root;
    }

    private static Path folder(Settings settings, BundleContext context) {
        if (!settings.directory().isBlank()) {
            return Path.of(settings.directory().strip());
        }
        String data = context.getProperty("karaf.data");
        return data == null
                ? context.getDataFile("journal").toPath()
                : Path.of(data).resolve("journal");
    }

    /** The lines of the checkpoints. */
    Path checkpoints() {
        return root.resolve("checkpoints.jsonl");
    }

    /** Where the archives are. */
    Path archives() {
        return root.resolve("archive");
    }

    /** Where the snapshots are. */
    Path snapshots() {
        return root.resolve("snapshots");
    }
}
