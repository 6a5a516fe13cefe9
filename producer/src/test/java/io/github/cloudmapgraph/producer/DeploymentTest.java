package io.github.cloudmapgraph.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cloudmapgraph.snapshot.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:lambda:eu-west-1:111122223333:function:producer",
                "arn:aws:lambda:eu-west-1:111122223333:function:producer:live"
            })
    void of_readsAccountAndRegion(String arn) {
        assertThat(Deployment.of(arn)).isEqualTo(new Deployment("111122223333", "eu-west-1"));
    }

    @Test
    void scope_carriesTheDeploymentsName() {
        Deployment deployment = Deployment.of("arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:producer");

        assertThat(deployment.scope("")).isEqualTo(new Scope("111122223333:us-gov-west-1"));
        assertThat(deployment.scope("blue")).isEqualTo(new Scope("111122223333:us-gov-west-1:blue"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "producer", "arn:aws:sqs:eu-west-1:111122223333:queue"})
    void of_refusesWhatIsNoFunctionsArn(String arn) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deployment.of(arn))
                .withMessageContaining("arn:aws:lambda:REGION:ACCOUNT:function:NAME");
    }
}
