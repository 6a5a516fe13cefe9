package io.github.cloudmapgraph.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** The JSON of messages and stored objects, read within bounds whatever the sender wrote. */
final class MessageJson {
    /** Wider than any message needs: Cloud Map's own texts are 1,024 characters at most. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            // SQS refuses U+FFFE and U+FFFF; escaped, every text of a registry passes.
            // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(64 * 1024)
                    .maxNameLength(1024)
                    .maxNumberLength(32)
                    .build())
            .build();

    private MessageJson() {}
}
