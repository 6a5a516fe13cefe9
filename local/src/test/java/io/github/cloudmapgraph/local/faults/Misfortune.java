package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.faults.Fault.OfServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What befalls the servers during one schedule. */
final class Misfortune {
    private static final AtomicInteger ROTATIONS = new AtomicInteger();

    private static final int BAD_MESSAGES = 8;

    private final Servers servers;
    private final Witness witness;
    private final Runnable cutWaysToNeo4j;
    private final History history;
    private final Random random;
    private final List<OfServers> plan;

    Misfortune(
            Servers servers,
            Witness witness,
            Runnable cutWaysToNeo4j,
            History history,
            boolean manyBadMessages,
            Random random) {
        this.servers = servers;
        this.witness = witness;
        this.cutWaysToNeo4j = cutWaysToNeo4j;
        this.history = history;
        this.random = random;
        this.plan = plan(manyBadMessages, random);
    }

    /** Draws two to five misfortunes; Neo4j restarts in every third schedule, for it takes seconds. */
    private static List<OfServers> plan(boolean manyBadMessages, Random random) {
        List<OfServers> plan = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            plan.add(OfServers.NEO4J_RESTARTED);
        }
        List<OfServers> others = List.of(
                OfServers.LOCK_TABLE_EMPTIED,
                OfServers.NEO4J_CUT_OFF,
                OfServers.SECRET_ROTATED,
                OfServers.RUBBISH_SENT,
                OfServers.LOCK_TABLE_EMPTIED);
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            plan.add(others.get(random.nextInt(others.size())));
        }
        if (manyBadMessages) {
            plan.addAll(Collections.nCopies(BAD_MESSAGES, OfServers.RUBBISH_SENT));
        }
        Collections.shuffle(plan, random);
        return List.copyOf(plan);
    }

    /** Works off the plan, spread over the time of the faults; ends before the time does. */
    void run(AtomicBoolean ended) {
        long gap = Timings.FAULTS.toMillis() / (plan.size() + 1);
        for (OfServers fault : plan) {
            sleep(Duration.ofMillis(gap / 2 + random.nextInt((int) gap)));
            if (ended.get()) {
                return;
            }
            history.add(new Event.Injected("servers", "", fault));
            strike(fault);
        }
    }

    private void strike(OfServers fault) {
        switch (fault) {
            case LOCK_TABLE_EMPTIED -> {
                long from = System.nanoTime();
                witness.emptyLockTable();
                history.add(new Event.LockTableEmptied(from, System.nanoTime()));
            }
            case NEO4J_CUT_OFF -> cutWaysToNeo4j.run();
            case NEO4J_RESTARTED -> {
                try {
                    servers.restartNeo4j();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case SECRET_ROTATED -> {
                // Neo4j refuses the password that it has.
                String password = "rotated-" + ROTATIONS.incrementAndGet();
                Witness.patiently(() -> {
                    servers.setNeo4jPassword(password);
                    return true;
                });
                cutWaysToNeo4j.run();
                // The secret follows a little later.
                sleep(Duration.ofMillis(random.nextInt(1_500)));
                servers.secrets.setPassword(password);
            }
            case RUBBISH_SENT -> witness.sendRubbish("{\"format\": " + random.nextInt() + ", \"scope\": ");
        }
    }

    private static void sleep(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
