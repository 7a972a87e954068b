/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunQuery;

/** A query for runs in JPQL: fixed phrases, every value a parameter. */
final class RunSearch {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final RunQuery query;

    RunSearch(RunQuery query) {
        this.query = query;
        if (!query.states().isEmpty()) {
            where("r.state in :states", "states", query.states());
        }
        query.since().ifPresent(since -> where("r.createdAt >= :since", "since", since.toEpochMilli()));
        query.until().ifPresent(until -> where("r.createdAt < :until", "until", until.toEpochMilli()));
        query.hasResult().ifPresent(has -> conditions.add(has ? "r.result is not null" : "r.result is null"));
        query.text()
                .ifPresent(text -> where(
                        "r.goalFolded like :text escape '" + GoalText.ESCAPE + "'", "text", GoalText.containing(text)));
    }

    /**
     * In two steps, because EclipseLink knows no offset for a database that it has no dialect for: the ids up to the end of
     * the page, which an index answers, then the rows of the page.
     */
    Page<RunRecord> page(EntityManager em) {
        long total = bind(em.createQuery("select count(r) from RunRow r" + where(), Long.class))
                .getSingleResult();
        List<String> upTo = bind(em.createQuery("select r.id from RunRow r" + where() + order(), String.class))
                .setMaxResults((int) Math.min(Integer.MAX_VALUE, (long) query.offset() + query.limit()))
                .getResultList();
        List<RunRecord> items = rows(em, upTo.subList(Math.min(query.offset(), upTo.size()), upTo.size()));
        int next = query.offset() + items.size();
        return new Page<>(items, total, items.isEmpty() || next >= total ? OptionalInt.empty() : OptionalInt.of(next));
    }

    private List<RunRecord> rows(EntityManager em, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return em.createQuery("select r from RunRow r where r.id in :ids" + order(), RunRow.class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(RunRow::toRecord)
                .toList();
    }

    private String order() {
        return query.newestFirst() ? " order by r.createdAt desc, r.id desc" : " order by r.createdAt, r.id";
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    private String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private <T> TypedQuery<T> bind(TypedQuery<T> typed) {
        parameters.forEach(typed::setParameter);
        return typed;
    }
}
