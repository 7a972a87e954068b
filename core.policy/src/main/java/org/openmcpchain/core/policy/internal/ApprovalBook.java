/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approval.State;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.run.Page;

/**
 * The questions to people: bound to one key, one intent and one version of the policy, and used once. A ruling depends on
 * the time, grants, prices and caps, too: a question counts as long as it is as strict as what the ruling asks for now.
 * What a person says is on disk before the run hears of it. Thread-safe.
 */
final class ApprovalBook implements ApprovalDesk {

    static final String POLICY_CHANGED = "the policy has changed";
    static final String REPLACED = "the run asks for something else now";
    static final String ASKS_MORE = "the policy asks for more than this question did";
    static final String RUN_ENDED = "the run has ended";
    private static final String NOT_ASKED = "the policy decides without people now";
    private static final int LONGEST_COMMENT = 1000;
    private static final int LONGEST_PRINCIPAL = 128;

    private final ApprovalShelf shelf;
    private final DecisionLocks locks;
    private final LedgerHolds holds;
    private final Supplier<PolicyInForce> policy;
    private final Predicate<String> runHasEnded;
    private final Consumer<String> wake;
    private final Clock clock;

    ApprovalBook(
            ApprovalShelf shelf,
            DecisionLocks locks,
            LedgerHolds holds,
            Supplier<PolicyInForce> policy,
            Predicate<String> runHasEnded,
            Consumer<String> wake,
            Clock clock) {
        this.shelf = shelf;
        this.locks = locks;
        this.holds = holds;
        this.policy = policy;
        this.runHasEnded = runHasEnded;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public Answer ask(GateQuestion question, Ruling ruling) {
        ApprovalChange change = new ApprovalChange(question.stream(), question.at());
        Optional<ApprovalCase> newest = shelf.newestOf(keyOf(question));
        if (newest.isEmpty()) {
            return askAnew(question, ruling, change);
        }
        ApprovalCase known = newest.get();
        if (known.isOverdue(question.at())) {
            known = known.expired(question.at());
            change.closed(known);
        }
        boolean same = isSame(known, question);
        boolean holds = same && known.terms().areAsStrictAs(ruling.approval());
        boolean hasKey = question.intent().key().isPresent();
        return switch (known.state()) {
            case PENDING -> holds ? waiting(known, ruling) : replace(known, question, ruling, change);
            case APPROVED -> holds ? use(known, question, change) : replace(known, question, ruling, change);
                // After a crash the same intent comes again; whoever carries it out sees to it that it happens once.
            case USED -> same && hasKey ? allowed(known, change) : askAnew(question, ruling, change);
            case REJECTED -> hasKey || question.at().isBefore(known.approval().expiresAt())
                    ? rejected(known, change)
                    : askAnew(question, ruling, change);
            case EXPIRED -> expired(known, question, ruling, change, holds);
            case WITHDRAWN -> askAnew(question, ruling, change);
        };
    }

    private Answer expired(
            ApprovalCase known, GateQuestion question, Ruling ruling, ApprovalChange change, boolean holds) {
        if (known.approval().onExpiry() == Decision.ALLOW) {
            return holds ? use(known, question, change) : askAnew(question, ruling, change);
        }
        if (question.intent().key().isEmpty()) {
            return askAnew(question, ruling, change);
        }
        String reason = "nobody approved it until " + known.approval().expiresAt();
        return answer(Decision.DENY, known, ":expired", reason, change);
    }

    private static boolean isSame(ApprovalCase known, GateQuestion question) {
        return isSame(known.approval().intentHash(), question.intentHash())
                && known.approval().policyVersion().equals(question.policy().label());
    }

    /** Takes the same time wherever the hashes differ. */
    private static boolean isSame(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8), String.valueOf(other).getBytes(StandardCharsets.UTF_8));
    }

    private Answer waiting(ApprovalCase known, Ruling ruling) {
        return new Answer(
                Decision.NEEDS_APPROVAL, known.approval().rule(), ruling.reason(), known.id(), Consequence.NONE);
    }

    private Answer use(ApprovalCase known, GateQuestion question, ApprovalChange change) {
        ApprovalCase used = known.used(question.at());
        return allowed(used, change.closed(used));
    }

    private Answer allowed(ApprovalCase used, ApprovalChange change) {
        return used.isByDefault()
                ? answer(Decision.ALLOW, used, ":expired", "nobody objected in time", change)
                : answer(Decision.ALLOW, used, ":approved", "approved by " + voters(used), change);
    }

    private Answer rejected(ApprovalCase known, ApprovalChange change) {
        String who = known.approval().votes().stream()
                .filter(vote -> !vote.approves())
                .map(vote -> vote.principal() + (vote.comment().isBlank() ? "" : ": " + vote.comment()))
                .findFirst()
                .orElse("somebody");
        return answer(Decision.DENY, known, ":rejected", "rejected by " + who, change);
    }

    private static String voters(ApprovalCase used) {
        return String.join(
                ", ",
                used.approval().votes().stream()
                        .filter(Approval.Vote::approves)
                        .map(Approval.Vote::principal)
                        .toList());
    }

    private Answer answer(Decision decision, ApprovalCase known, String suffix, String reason, ApprovalChange change) {
        return new Answer(decision, known.approval().rule() + suffix, reason, known.id(), consequence(change));
    }

    private Answer replace(ApprovalCase known, GateQuestion question, Ruling ruling, ApprovalChange change) {
        return askAnew(question, ruling, change.closed(known.withdrawn(question.at(), whyReplaced(known, question))));
    }

    private static String whyReplaced(ApprovalCase known, GateQuestion question) {
        if (!known.approval().policyVersion().equals(question.policy().label())) {
            return POLICY_CHANGED;
        }
        return isSame(known, question) ? ASKS_MORE : REPLACED;
    }

    private Answer askAnew(GateQuestion question, Ruling ruling, ApprovalChange change) {
        ApprovalTerms terms = ruling.approval();
        Intent intent = question.intent();
        Approval approval = new Approval(
                shelf.nextId(question.at()),
                State.PENDING,
                intent,
                question.intentHash(),
                question.policy().label(),
                ruling.rule(),
                ruling.reason(),
                ApprovalWords.summary(intent),
                ApprovalWords.lines(intent),
                terms.quorum(),
                List.of(),
                question.at(),
                question.at().plus(terms.expires()),
                terms.onExpiry(),
                Optional.empty(),
                Optional.empty());
        change.asked(new ApprovalCase(approval, keyOf(question), terms, ""));
        return new Answer(Decision.NEEDS_APPROVAL, ruling.rule(), ruling.reason(), approval.id(), consequence(change));
    }

    private Consequence consequence(ApprovalChange change) {
        return Consequence.of(change.entries(), change.rows(), () -> shelf.written(change), () -> {});
    }

    @Override
    public Consequence decidedWithout(GateQuestion question) {
        Optional<ApprovalCase> live = shelf.newestOf(keyOf(question)).filter(ApprovalCase::isLive);
        return live.map(known -> consequence(new ApprovalChange(question.stream(), question.at())
                        .closed(known.withdrawn(question.at(), NOT_ASKED))))
                .orElse(Consequence.NONE);
    }

    Page<Approval> list(Set<State> states, int offset, int limit) {
        expireOverdue();
        return shelf.page(states, offset, limit);
    }

    Optional<Approval> find(String id) {
        shelf.entry(id)
                .filter(entry ->
                        entry.state() == State.PENDING && !clock.instant().isBefore(entry.expiresAt()))
                .ifPresent(this::close);
        return shelf.find(id).map(ApprovalCase::approval);
    }

    Optional<Approval> ofKey(String key) {
        return shelf.newestOf(key).flatMap(known -> find(known.id()));
    }

    Approval approve(String id, String principal, String intentHash, String comment) {
        return vote(id, principal, Optional.of(String.valueOf(intentHash)), comment);
    }

    Approval reject(String id, String principal, String reason) {
        return vote(id, principal, Optional.empty(), reason);
    }

    /** @param approvedHash the hash that is approved, or empty for a no */
    @SuppressWarnings("try")
    private Approval vote(String id, String principal, Optional<String> approvedHash, String comment) {
        ApprovalIndex.Entry entry = shelf.entry(id).orElseThrow(() -> refusal(PolicyError.APPROVAL_UNKNOWN, id));
        close(entry);
        ApprovalCase after;
        try (DecisionLocks.Held held = locks.hold(entry.key())) {
            ApprovalCase known = shelf.find(id).orElseThrow(() -> refusal(PolicyError.APPROVAL_UNKNOWN, id));
            requireOpen(known);
            requireVoter(known, principal);
            if (approvedHash.isPresent() && !isSame(known.approval().intentHash(), approvedHash.get())) {
                throw refusal(PolicyError.APPROVAL_INTENT_CHANGED, id);
            }
            after = known.with(new Approval.Vote(principal, approvedHash.isPresent(), cut(comment), clock.instant()));
            ApprovalChange change = new ApprovalChange(streamOf(known), clock.instant()).voted(after);
            write(change, after.state() == State.REJECTED ? giveBack(known, "rejected") : Consequence.NONE);
        }
        if (after.state() != State.PENDING) {
            wake(after.approval().intent().runId());
        }
        return after.approval();
    }

    private void requireOpen(ApprovalCase known) {
        PolicyError code =
                switch (known.state()) {
                    case PENDING -> null;
                    case APPROVED, REJECTED -> PolicyError.APPROVAL_ALREADY_DECIDED;
                    case USED -> PolicyError.APPROVAL_ALREADY_USED;
                    case EXPIRED -> PolicyError.APPROVAL_EXPIRED;
                    case WITHDRAWN -> known.closing().equals(POLICY_CHANGED)
                            ? PolicyError.APPROVAL_POLICY_CHANGED
                            : PolicyError.APPROVAL_WITHDRAWN;
                };
        if (code != null) {
            throw refusal(code, known.id());
        }
        // The clock may have gone on since the case was looked at; a late yes never counts.
        if (known.isOverdue(clock.instant())) {
            throw refusal(PolicyError.APPROVAL_EXPIRED, known.id());
        }
    }

    private static void requireVoter(ApprovalCase known, String principal) {
        ApprovalTerms terms = known.terms();
        boolean named = terms.approvers().contains("*") || terms.approvers().contains(principal);
        boolean own = terms.otherThanRequester()
                && known.approval().intent().principal().equals(principal);
        if (principal == null || principal.length() > LONGEST_PRINCIPAL || !named || own) {
            throw refusal(PolicyError.APPROVAL_NOT_YOURS, known.id());
        }
        if (known.approval().votes().stream().anyMatch(vote -> vote.principal().equals(principal))) {
            throw refusal(PolicyError.APPROVAL_ALREADY_VOTED, known.id());
        }
    }

    /** Closes every question that nobody can answer any more. */
    void closeWhatIsOver() {
        shelf.in(Set.of(State.PENDING, State.APPROVED)).forEach(this::close);
    }

    private void expireOverdue() {
        Instant now = clock.instant();
        shelf.in(Set.of(State.PENDING)).stream()
                .filter(entry -> !now.isBefore(entry.expiresAt()))
                .forEach(this::close);
    }

    /** Closes a question that has lapsed, whose run has ended or whose policy has changed. */
    @SuppressWarnings("try")
    private void close(ApprovalIndex.Entry entry) {
        boolean live = entry.state() == State.PENDING || entry.state() == State.APPROVED;
        if (!live || !isOver(entry)) {
            return;
        }
        try (DecisionLocks.Held held = locks.hold(entry.key())) {
            ApprovalCase known =
                    shelf.find(entry.id()).filter(ApprovalCase::isLive).orElse(null);
            if (known == null || !isOver(ApprovalIndex.Entry.of(known))) {
                return;
            }
            Instant now = clock.instant();
            ApprovalCase after = over(known, now);
            ApprovalChange change = new ApprovalChange(streamOf(known), now).closed(after);
            boolean mayStillHappen =
                    after.state() == State.EXPIRED && known.approval().onExpiry() == Decision.ALLOW;
            write(change, mayStillHappen ? Consequence.NONE : giveBack(known, after.closing()));
        }
        wake(entry.runId());
    }

    private boolean isOver(ApprovalIndex.Entry entry) {
        return entry.state() == State.PENDING && !clock.instant().isBefore(entry.expiresAt())
                || !entry.policy().equals(policy.get().label())
                || entry.runId().filter(runHasEnded).isPresent();
    }

    private ApprovalCase over(ApprovalCase known, Instant now) {
        if (known.isOverdue(now)) {
            return known.expired(now);
        }
        boolean ended = known.approval().intent().runId().filter(runHasEnded).isPresent();
        return known.withdrawn(now, ended ? RUN_ENDED : POLICY_CHANGED);
    }

    private Consequence giveBack(ApprovalCase known, String reason) {
        return holds.giveBack(known.key(), streamOf(known), reason);
    }

    private void write(ApprovalChange change, Consequence other) {
        try {
            shelf.write(change.with(other));
        } catch (RuntimeException e) {
            other.rollback();
            throw e;
        }
        other.commit();
    }

    private void wake(Optional<String> runId) {
        runId.ifPresent(wake);
    }

    private static String streamOf(ApprovalCase known) {
        return known.approval().intent().runId().map(id -> "run/" + id).orElse(JournalEntry.HOST_STREAM);
    }

    private static String keyOf(GateQuestion question) {
        return DecisionLocks.keyOf(question.intent(), question.intentHash());
    }

    private static String cut(String comment) {
        return comment == null ? "" : SafeText.line(comment, LONGEST_COMMENT);
    }

    private static HostException refusal(PolicyError code, String id) {
        return HostException.of(code, "approval", SafeText.name(String.valueOf(id), LONGEST_PRINCIPAL));
    }
}
