/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import org.openmcpchain.session.MessageMode;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How sessions take messages and turn them into runs. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: sessions",
        description = "Conversations: how many messages wait, when the context is compacted, and what is written beside"
                + " the journal for people to read.")
public @interface SessionSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Default mode",
            description = "What a message does while a run is at work, in a session that a message creates: STEER,"
                    + " FOLLOW_UP, COLLECT, INTERRUPT or REFUSE. Default: FOLLOW_UP.")
    MessageMode defaultMode() default MessageMode.FOLLOW_UP;

    /** See the description. */
    @AttributeDefinition(
            name = "Pending limit",
            description = "Messages of one session that may wait for a run; a message beyond that is refused with"
                    + " SESSION_QUEUE_FULL. Unit: messages. Default: 200.",
            min = "1",
            max = "1000")
    int pendingLimit() default 200;

    /** See the description. */
    @AttributeDefinition(
            name = "Session limit",
            description = "Sessions of this host; the message that would create one more is refused with"
                    + " SESSION_QUEUE_FULL. Unit: sessions. Default: 10000.",
            min = "1",
            max = "100000")
    int sessionLimit() default 10_000;

    /** See the description. */
    @AttributeDefinition(
            name = "Workers",
            description = "Threads that move sessions on when a run has ended; none of them waits for a run."
                    + " Unit: threads. Default: 4.",
            min = "1",
            max = "64")
    int workers() default 4;

    /** See the description. */
    @AttributeDefinition(
            name = "Watch limit",
            description = "Runs whose end is heard of at once through the journal; the ends of more runs are noticed"
                    + " within a second or so. Keep it below the journal's own subscription limit. Unit: runs."
                    + " Default: 128.",
            min = "0",
            max = "4096")
    int watchLimit() default 128;

    /** See the description. */
    @AttributeDefinition(
            name = "Submit patience",
            description = "How long a turn is tried again whose run is not accepted, because the queue is full or its"
                    + " network is away; then it is answered as failed, so that the session goes on."
                    + " Unit: ISO-8601 duration. Default: PT10M.")
    String submitPatience() default "PT10M";

    /** See the description. */
    @AttributeDefinition(
            name = "Compact at",
            description = "The context is compacted when all of it that is not summarised takes more than this."
                    + " Unit: tokens, at four characters each. 0: never by itself. Default: 6000.",
            min = "0",
            max = "1000000")
    int compactAtTokens() default 6_000;

    /** See the description. */
    @AttributeDefinition(
            name = "Kept turns",
            description = "Turns that a compaction by itself leaves as they are, the newest ones. Unit: turns."
                    + " Default: 3.",
            min = "0",
            max = "32")
    int keptTurns() default 3;

    /** See the description. */
    @AttributeDefinition(
            name = "Files",
            description = "Whether transcript.jsonl, MEMORY.md and memory/<date>.md are kept for each session. They are"
                    + " made from the journal, for people; nothing reads them. Default: true.")
    boolean files() default true;

    /** See the description. */
    @AttributeDefinition(
            name = "Folder",
            description = "Where these files go; a relative path begins in the data folder (karaf.data)."
                    + " Default: sessions.")
    String folder() default "sessions";

    /** See the description. */
    @AttributeDefinition(
            name = "Transcript limit",
            description = "The most that one transcript.jsonl may hold; behind that only the journal goes on."
                    + " Unit: MiB. Default: 64.",
            min = "1",
            max = "4096")
    int transcriptMebibytes() default 64;
}
