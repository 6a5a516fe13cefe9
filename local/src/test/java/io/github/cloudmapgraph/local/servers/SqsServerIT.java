package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsServerIT {

    private static final int LARGEST_MESSAGE = 1 << 20;

    @TempDir
    Path data;

    @Test
    void receive_whenTheMessageIsAsLargeAsSqsAllows_returnsIt() throws IOException {
        try (var server = SqsServer.start(0);
                var client = client(server)) {
            String queue = client.createQueue(create -> create.queueName("q")).queueUrl();
            String body = "x".repeat(LARGEST_MESSAGE);
            client.sendMessage(send -> send.queueUrl(queue).messageBody(body));
            assertThat(receive(client, queue))
                    .singleElement()
                    .extracting(Message::body)
                    .isEqualTo(body);
        }
    }

    @Test
    void receive_whenTheVisibilityTimeoutIsOver_returnsTheMessageAgainAndThenRedrivesIt() throws IOException {
        try (var server = SqsServer.start(0);
                var client = client(server)) {
            String deadLetters = client.createQueue(create -> create.queueName("q-dead-letters"))
                    .queueUrl();
            String arn = client.getQueueAttributes(
                            get -> get.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            assertThat(arn).isEqualTo("arn:aws:sqs:us-east-1:123456789012:q-dead-letters");
            String queue = client.createQueue(create -> create.queueName("q")
                            .attributes(Map.of(
                                    QueueAttributeName.VISIBILITY_TIMEOUT,
                                    "30",
                                    QueueAttributeName.REDRIVE_POLICY,
                                    "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"2\"}")))
                    .queueUrl();
            client.sendMessage(send -> send.queueUrl(queue).messageBody("poison"));

            Message first = receive(client, queue).getFirst();
            assertThat(receive(client, queue)).isEmpty();
            returnAtOnce(client, queue, first);
            Message second = receive(client, queue).getFirst();
            assertThat(second.messageId()).isEqualTo(first.messageId());
            assertThat(second.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
            returnAtOnce(client, queue, second);

            assertThat(receive(client, queue)).isEmpty();
            assertThat(receive(client, deadLetters))
                    .singleElement()
                    .extracting(Message::body)
                    .isEqualTo("poison");
        }
    }

    @Test
    void start_whenTheDirectoryWasUsedBefore_findsQueuesAndMessages() throws IOException {
        String body = "x".repeat(LARGEST_MESSAGE);
        try (var server = SqsServer.start(0, data);
                var client = client(server)) {
            String deadLetters = client.createQueue(create -> create.queueName("q-dead-letters"))
                    .queueUrl();
            assertThat(deadLetters).endsWith("/123456789012/q-dead-letters");
            String queue = client.createQueue(
                            create -> create.queueName("q").attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, """
                                {"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:q-dead-letters","maxReceiveCount":3}
                                """)))
                    .queueUrl();
            client.sendMessage(send -> send.queueUrl(queue).messageBody("done"));
            Message done = receive(client, queue).getFirst();
            client.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(done.receiptHandle()));
            client.sendMessage(send -> send.queueUrl(queue).messageBody(body));
        }
        try (var server = SqsServer.start(0, data);
                var client = client(server)) {
            String queue = client.getQueueUrl(get -> get.queueName("q")).queueUrl();
            assertThat(receive(client, queue))
                    .singleElement()
                    .extracting(Message::body)
                    .isEqualTo(body);
            assertThat(client.getQueueAttributes(
                                    get -> get.queueUrl(queue).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                            .attributes()
                            .get(QueueAttributeName.REDRIVE_POLICY))
                    .contains("q-dead-letters")
                    .contains("3");
        }
    }

    @Test
    void start_whenAnotherServerOfThisJvmHasADirectory_isRefusedAndLeavesThatOneAlone() throws IOException {
        try (var server = SqsServer.start(0, data.resolve("one"));
                var client = client(server)) {
            assertThatThrownBy(() -> SqsServer.start(0, data.resolve("two")).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("one directory at a time");
            client.createQueue(create -> create.queueName("q"));
        }
        try (var server = SqsServer.start(0, data.resolve("one"));
                var client = client(server)) {
            assertThat(client.listQueues().queueUrls())
                    .singleElement()
                    .asString()
                    .endsWith("/q");
        }
    }

    @Test
    void start_onAnotherDirectory_startsEmpty() throws IOException {
        try (var server = SqsServer.start(0, data.resolve("one"));
                var client = client(server)) {
            client.createQueue(create -> create.queueName("q"));
        }
        try (var server = SqsServer.start(0, data.resolve("two"));
                var client = client(server)) {
            assertThat(client.listQueues().queueUrls()).isEmpty();
        }
    }

    @Test
    void start_whenTheDatabaseIsDamaged_saysSo() throws IOException {
        Files.writeString(data.resolve("sqs.mv.db"), "no database");
        assertThatThrownBy(() -> SqsServer.start(0, data).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.toString());
    }

    private static void returnAtOnce(SqsClient client, String queue, Message message) {
        client.changeMessageVisibility(change ->
                change.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    }

    private static List<Message> receive(SqsClient client, String queue) {
        return client.receiveMessage(receive -> receive.queueUrl(queue)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private static SqsClient client(SqsServer server) {
        return LoopbackAws.at(SqsClient.builder(), server.endpoint()).build();
    }
}
