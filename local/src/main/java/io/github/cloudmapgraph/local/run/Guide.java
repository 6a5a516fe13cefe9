package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.show.Graph;
import java.io.PrintStream;
import java.nio.file.Path;

/** Says where everything is and what to try first. */
record Guide(PrintStream out, LocalStack stack, Source source, Path log) {
    void print() {
        out.println();
        out.println("Explorer       " + stack.servers().explorer().address() + "  <- open this");
        out.println("Neo4j Browser  " + stack.servers().neo4j().browser());
        out.println("               user " + Neo4jServer.USER + ", password " + Neo4jServer.PASSWORD);
        out.println("Bolt           " + stack.servers().neo4j().bolt());
        stack.cloudMap().ifPresent(cloudMap -> out.println("Cloud Map      " + cloudMap.endpoint()));
        out.println("SQS            " + stack.servers().sqs().endpoint());
        out.println("DynamoDB       " + stack.servers().dynamoDb().endpoint());
        out.println("S3             " + stack.servers().s3().endpoint());
        out.println("Log            " + log);
        out.println();
        out.println("A query to start with:");
        out.println("  MATCH (s:Service)-[d:DEP_ON]->(t:Service) RETURN s, d, t");
        out.println();
        if (stack.cloudMap().isPresent()) {
            printChange();
            out.println();
            out.println("Following changes; Ctrl-C ends.");
        } else {
            out.println("Cloud Map of account " + source.account() + " in " + source.region()
                    + " is read again every minute, read-only; Ctrl-C ends.");
        }
        out.flush();
    }

    private void printChange() {
        out.println("A change, in a second terminal:");
        out.println("  export AWS_ACCESS_KEY_ID=" + LoopbackAws.ACCESS_KEY_ID + " AWS_SECRET_ACCESS_KEY="
                + LoopbackAws.SECRET_ACCESS_KEY + " AWS_DEFAULT_REGION=" + LoopbackAws.REGION);
        // The option and not AWS_ENDPOINT_URL: the CLI of many distributions is too old for the variable.
        String cli = "  aws --endpoint-url " + stack.cloudMap().orElseThrow().endpoint() + " servicediscovery ";
        stack.graph().services().stream()
                .filter(service -> !service.instances().isEmpty())
                .findFirst()
                .map(Graph.Service::arn)
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .ifPresent(id -> out.println(cli + "register-instance --service-id " + id
                        + " --instance-id new-one --attributes AWS_INSTANCE_IPV4=10.0.0.99,stage=dev"));
    }
}
