package io.github.cloudmapgraph.consumer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.async.AsyncQueryRunner;
import org.neo4j.driver.exceptions.TransactionTerminatedException;
import org.neo4j.driver.exceptions.TransientException;

/** What a driver does at moments that no server can be brought to. */
class CypherTest {
    private final TransientException gone =
            new TransientException("Neo.TransientError.General.DatabaseUnavailable", "gone for a moment");
    private final TransactionTerminatedException behindIt =
            new TransactionTerminatedException("another one failed", gone);
    private final Queue<Supplier<CompletionStage<?>>> answers = new ArrayDeque<>();
    private final Cypher cypher = new Cypher((AsyncQueryRunner) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AsyncQueryRunner.class},
            (_, _, _) -> answers.remove().get()));

    @Test
    void run_throwsWhatTheOneBeforeFailedOf_whenTheDriverTakesNoMore() {
        answers.add(() -> CompletableFuture.failedStage(gone));
        answers.add(() -> {
            throw behindIt;
        });
        send();

        assertThatThrownBy(this::send).isSameAs(gone);
    }

    @Test
    void run_throwsTheCause_whenAStatementWasNotRunForAFailureThatNobodyWaitedFor() {
        answers.add(() -> CompletableFuture.failedStage(behindIt));
        send();

        assertThatThrownBy(cypher::waitForAnswers).isSameAs(gone);
    }

    @Test
    void run_sendsNoThird_untilTheFirstIsAnswered() {
        CompletableFuture<Object> first = new CompletableFuture<>();
        answers.addAll(List.of(() -> first, CompletableFuture::new, CompletableFuture::new));
        send();
        send();
        assertThat(answers).hasSize(1);
        first.completeExceptionally(gone);

        assertThatThrownBy(this::send).isSameAs(gone);

        assertThat(answers).hasSize(1);
    }

    private void send() {
        cypher.run(Statement.UNLOCK_SYNC_STATE, Map.of());
    }
}
