package io.github.cloudmapgraph.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.testservers.TestAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

class AwsClientsTest {
    private static final String ENDPOINT_OF_CLOUD_MAP = "aws.endpointUrlServiceDiscovery";
    private static final String ENDPOINT_OF_S3 = "aws.endpointUrlS3";
    private static final String CONFIG_FILE = "aws.configFile";

    /** The name does not resolve, so that only a request to exactly this host and port arrives. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private final List<SdkHttpRequest> aborted = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        TestAws.configure();
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            byte[] answer = "{\"Instances\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(ENDPOINT_OF_CLOUD_MAP);
        System.clearProperty(ENDPOINT_OF_S3);
        TestAws.configure();
    }

    @Test
    void build_whenTheBuilderHasAnEndpoint_injectsNoHostPrefix() {
        discover(new AwsClients((service, builder) -> builder.endpointOverride(endpoint())));

        assertThat(received).containsExactly(address() + "/");
    }

    @Test
    void build_whenASystemPropertyNamesAnEndpoint_injectsNoHostPrefix() {
        System.setProperty(ENDPOINT_OF_CLOUD_MAP, endpoint().toString());

        discover(new AwsClients());

        assertThat(received).containsExactly(address() + "/");
    }

    @Test
    void build_whenAProfileNamesAnEndpoint_injectsNoHostPrefix(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("config"), """
            [default]
            services = here
            [services here]
            servicediscovery =
              endpoint_url = %s
            """.formatted(endpoint()));
        System.setProperty(CONFIG_FILE, config.toString());

        discover(new AwsClients());

        assertThat(received).containsExactly(address() + "/");
    }

    @Test
    void build_whenNoEndpointIsNamed_leavesTheHostPrefix() {
        ServiceDiscoveryClient client = new AwsClients()
                .build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder(), abortingBeforeTransmission());
        assertThatThrownBy(() -> discover(client)).hasStackTraceContaining("aborted by the test");

        assertThat(aborted)
                .extracting(SdkHttpRequest::host)
                .containsExactly("data-servicediscovery.eu-west-1.amazonaws.com");
    }

    @Test
    void build_whenTheEndpointIsNamed_keepsTheConfigurationOfTheCaller() {
        ServiceDiscoveryClient client = new AwsClients((service, builder) -> builder.endpointOverride(endpoint()))
                .build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder(), abortingBeforeTransmission());

        assertThatThrownBy(() -> discover(client)).hasStackTraceContaining("aborted by the test");
        assertThat(received).isEmpty();
    }

    @Test
    void build_whenS3HasAnEndpointOfItsOwn_putsTheBucketIntoThePath() {
        System.setProperty(ENDPOINT_OF_S3, endpoint().toString());
        try (S3Client s3 = new AwsClients().build(S3Client.class, S3Client.builder())) {
            s3.deleteObject(delete -> delete.bucket("snapshots").key("a/b"));
        }

        assertThat(received).containsExactly(address() + "/snapshots/a/b");
    }

    @Test
    void build_whenS3IsAwsOwn_putsTheBucketIntoTheHost() {
        try (S3Client s3 = new AwsClients().build(S3Client.class, S3Client.builder(), abortingBeforeTransmission())) {
            assertThatThrownBy(() ->
                            s3.deleteObject(delete -> delete.bucket("snapshots").key("a/b")))
                    .hasStackTraceContaining("aborted by the test");
        }

        assertThat(aborted).extracting(SdkHttpRequest::host).containsExactly("snapshots.s3.eu-west-1.amazonaws.com");
    }

    private static void discover(AwsClients clients) {
        discover(clients.build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder()));
    }

    private static void discover(ServiceDiscoveryClient client) {
        try (client) {
            client.discoverInstances(discover -> discover.namespaceName("shop").serviceName("cart"));
        }
    }

    private ClientOverrideConfiguration abortingBeforeTransmission() {
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        aborted.add(context.httpRequest());
                        throw new IllegalStateException("aborted by the test");
                    }
                })
                .build();
    }

    private URI endpoint() {
        return URI.create("http://" + address());
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }
}
