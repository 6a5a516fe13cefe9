package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The messages of one invocation: what is unreadable is put aside, the rest is worked off scope by scope. */
final class Batch {
    private final SnapshotUpdate update;
    private final DeadLetterQueue deadLetters;
    private final MessageQueue queue;
    private final Backoff backoff;
    private final OutcomeLog outcomes;
    private final InstantSource clock;

    Batch(
            SnapshotUpdate update,
            DeadLetterQueue deadLetters,
            MessageQueue queue,
            Backoff backoff,
            OutcomeLog outcomes,
            InstantSource clock) {
        this.update = update;
        this.deadLetters = deadLetters;
        this.queue = queue;
        this.backoff = backoff;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Works off the messages.
     *
     * @return the ids of those that stay in the queue
     */
    List<String> work(List<QueueMessage> messages, Supplier<Duration> timeLeft) {
        List<String> staying = new ArrayList<>();
        Map<QueueMessage, Duration> unreadableDelays = new LinkedHashMap<>();
        Map<Scope, List<Waiting>> scopes = new TreeMap<>();
        for (QueueMessage message : messages) {
            try {
                Waiting waiting = new Waiting(message, EnvelopeReader.read(message.body()));
                scopes.computeIfAbsent(waiting.envelope().header().scope(), _ -> new ArrayList<>())
                        .add(waiting);
            } catch (UnreadableMessageException e) {
                Outcome outcome = outcome(message, deadLetters.take(message, String.valueOf(e.getMessage())));
                outcomes.unreadable(message, outcome);
                noteStaying(message, outcome, unreadableDelays);
            }
        }
        retryAfter(unreadableDelays, staying);
        scopes.values().forEach(waiting -> workScope(waiting, timeLeft, staying));
        return staying;
    }

    private void workScope(List<Waiting> waiting, Supplier<Duration> timeLeft, List<String> staying) {
        Map<QueueMessage, Duration> delays = new LinkedHashMap<>();
        for (var result : LatestWins.work(waiting, each -> update.apply(each, timeLeft.get()))) {
            QueueMessage message = result.waiting().message();
            Outcome outcome = outcome(message, result.verdict());
            outcomes.of(result.waiting(), outcome);
            noteStaying(message, outcome, delays);
        }
        retryAfter(delays, staying);
    }

    private Outcome outcome(QueueMessage message, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ended(Outcome outcome) -> outcome;
            case Verdict.Stays(Obstacle obstacle) ->
                new Outcome.StaysInQueue(obstacle, backoff.after(obstacle, message.receives(), clock.instant()));
        };
    }

    private static void noteStaying(QueueMessage message, Outcome outcome, Map<QueueMessage, Duration> delays) {
        if (outcome instanceof Outcome.StaysInQueue(Obstacle _, Duration retryAfter)) {
            delays.put(message, retryAfter);
        }
    }

    private void retryAfter(Map<QueueMessage, Duration> delays, List<String> staying) {
        if (!delays.isEmpty()) {
            queue.retryAfter(delays);
            delays.keySet().forEach(message -> staying.add(message.id()));
        }
    }
}
