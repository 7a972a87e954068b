/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.money.Asset;
import org.openmcpchain.run.Run;
import org.openmcpchain.tool.ToolDescriptor;

/** What is neither a plain record nor flat, as JSON. Fields that are not known are left out. */
final class View {

    private View() {}

    static ObjectNode of(Run run) {
        ObjectNode view = Json.object().put("id", run.id());
        run.clientId().ifPresent(id -> view.put("clientId", id));
        view.put("principal", run.principal()).put("goal", run.goal());
        run.network().ifPresent(network -> view.put("network", network));
        run.session().ifPresent(session -> view.put("session", session));
        view.put("state", run.state().name()).put("ended", run.state().isTerminal());
        view.put("createdAt", run.createdAt().toString())
                .put("updatedAt", run.updatedAt().toString());
        run.endedAt().map(Instant::toString).ifPresent(at -> view.put("endedAt", at));
        view.put("attempts", run.attempts());
        run.provider().ifPresent(provider -> view.put("provider", provider));
        run.thought().ifPresent(thought -> view.put("thought", thought));
        run.reply().ifPresent(reply -> view.put("reply", reply));
        run.errorCode().ifPresent(code -> view.put("errorCode", code));
        run.errorDetail().ifPresent(detail -> view.put("errorDetail", detail));
        run.receiptDigest().ifPresent(digest -> view.putObject("receipt").put("digest", digest));
        run.result().ifPresent(result -> view.set("result", Json.parse(result)));
        view.set("metadata", Json.parse(run.metadata()));
        return view;
    }

    static ObjectNode of(JournalEntry entry) {
        ObjectNode view = Json.object()
                .put("stream", entry.stream())
                .put("seq", entry.seq())
                .put("at", entry.at().toString())
                .put("type", entry.type());
        view.set("body", Json.parse(entry.body()));
        return view.put("previous", entry.previous()).put("hash", entry.hash());
    }

    static ObjectNode of(ToolDescriptor tool) {
        ObjectNode view = Json.object()
                .put("name", tool.name())
                .put("description", tool.description())
                .put("effect", tool.effect().name())
                .put("deadlineSeconds", tool.deadlineSeconds());
        view.set("bundle", Json.of(tool.bundle()));
        ArrayNode examples = view.putArray("examples");
        tool.examples().forEach(example -> examples.addObject()
                .put("goal", example.goal())
                .set("arguments", Json.parse(example.arguments())));
        view.set("inputSchema", Json.parse(tool.inputSchema()));
        return view;
    }

    static ObjectNode of(NetworkInfo network) {
        ObjectNode view = Json.object()
                .put("id", network.id().toString())
                .put("name", network.name())
                .put("coin", network.coin().symbol())
                .put("confirmations", network.confirmations());
        ArrayNode assets = view.putArray("assets");
        network.assets().forEach(asset -> assets.add(of(asset)));
        view.set("contracts", Json.value(network.contracts()));
        view.set("names", Json.value(network.names()));
        return view;
    }

    static ObjectNode of(NetworkInfo network, ChainStatus status) {
        ObjectNode view = Json.object()
                .put("id", network.id().toString())
                .put("name", network.name())
                .put("reachable", status.reachable());
        if (status.reachable()) {
            view.put("blockNumber", status.blockNumber());
        }
        return status.detail() == null ? view : view.put("detail", status.detail());
    }

    static ObjectNode of(ApiKeyInfo key) {
        ObjectNode view = Json.object().put("id", key.id()).put("name", key.name());
        ArrayNode scopes = view.putArray("scopes");
        key.scopes().stream().sorted().forEach(scope -> scopes.add(scope.name()));
        return view.put("issuedAt", key.issuedAt().toString()).put("revoked", key.revoked());
    }

    /** Without the signed bytes: they are on disk for the host, not for the screen. */
    static ObjectNode of(TransactionRecord record) {
        ObjectNode view = Json.of(record);
        view.remove("rawTransaction");
        view.remove("idempotencyKey");
        return view;
    }

    private static ObjectNode of(Asset asset) {
        return Json.object()
                .put("id", asset.id().toString())
                .put("symbol", asset.symbol())
                .put("decimals", asset.decimals());
    }
}
