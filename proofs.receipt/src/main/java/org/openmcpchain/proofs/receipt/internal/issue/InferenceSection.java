/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.Map;
import java.util.Optional;
import org.openmcpchain.journal.EntryTypes;

/** Every time a model was asked: a question without a reply stays one, the repetition after a restart is another. */
final class InferenceSection extends RecordSection {

    InferenceSection() {
        super("inferences", "inference.");
    }

    @Override
    Optional<Map<String, Object>> find(RunEntry entry) {
        return entry.type().equals(EntryTypes.INFERENCE_REQUESTED)
                ? Optional.empty()
                : youngest(entry, "round").filter(asked -> !asked.containsKey("responseHash"));
    }

    @Override
    void fill(Map<String, Object> target, RunEntry entry) {
        if (entry.type().equals(EntryTypes.INFERENCE_REPLIED)) {
            entry.copyTo(target, "round", "provider", "requestHash", "responseHash");
            entry.text("model").ifPresent(model -> target.put("modelReported", model));
        } else {
            entry.copyTo(target, "round", "provider", "label", "model", "promptTemplate", "requestHash");
            entry.bundle().ifPresent(bundle -> target.put("bundle", bundle));
        }
    }
}
