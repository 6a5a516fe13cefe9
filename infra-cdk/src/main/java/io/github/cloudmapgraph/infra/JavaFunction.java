package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** One function with its log group and a role that allows what it is told and no more. */
final class JavaFunction extends Construct {
    /** What is invoked where functions start from a snapshot: only published versions do. */
    private static final String ALIAS = "live";

    private final Role role;
    private final Function function;
    private final IFunction target;
    private final LogGroup logGroup;

    /**
     * What a function is.
     *
     * @param handler its class
     * @param environment its variables
     * @param network what it joins, if it joins a network
     */
    record Definition(
            String description,
            String handler,
            Path jar,
            int memoryMb,
            Duration timeout,
            Map<String, String> environment,
            Optional<Network> network) {}

    JavaFunction(
            Construct scope,
            String id,
            Options options,
            Encryption encryption,
            Definition definition,
            List<PolicyStatement> permissions) {
        super(scope, id);
        logGroup = LogGroup.Builder.create(this, "Log")
                .encryptionKey(encryption.key().orElse(null))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        // The library takes no number here, only a name for each.
        ((CfnLogGroup) logGroup.getNode().getDefaultChild()).setRetentionInDays(options.logRetentionDays());
        role = role(definition, permissions);
        function = function(options.snapStart(), definition);
        definition.network().ifPresent(network -> network.joinedBy(function));
        target = options.snapStart()
                ? Alias.Builder.create(this, "Live")
                        .aliasName(ALIAS)
                        .version(function.getCurrentVersion())
                        .build()
                : function;
    }

    private Role role(Definition definition, List<PolicyStatement> permissions) {
        var made = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description(definition.description())
                .build();
        permissions.forEach(made::addToPolicy);
        definition.network().ifPresent(network -> network.statements().forEach(made::addToPolicy));
        made.addToPolicy(
                Statements.allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), logGroup.getLogGroupArn()));
        return made;
    }

    private Function function(boolean snapStart, Definition definition) {
        Function.Builder builder = Function.Builder.create(this, "Function")
                .description(definition.description())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(definition.handler())
                .code(Code.fromAsset(definition.jar().toString()))
                .memorySize(definition.memoryMb())
                .timeout(definition.timeout())
                .environment(definition.environment())
                .role(role)
                .logGroup(logGroup)
                .loggingFormat(LoggingFormat.JSON)
                .applicationLogLevelV2(ApplicationLogLevel.INFO)
                .systemLogLevelV2(SystemLogLevel.INFO)
                .tracing(Tracing.ACTIVE);
        if (snapStart) {
            builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        Function made = builder.build();
        // It warns that only published versions start from a snapshot; the alias is on one.
        Annotations.of(made).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
        return made;
    }

    /** Returns what is to be invoked: the function, or the alias of its newest version. */
    IFunction target() {
        return target;
    }

    /** Returns the version or alias to name beside the function; empty where it is the function itself. */
    Optional<String> qualifier() {
        return target instanceof Alias ? Optional.of(ALIAS) : Optional.empty();
    }

    /** Returns the function itself, whose metrics cover every version. */
    Function function() {
        return function;
    }

    Role role() {
        return role;
    }

    LogGroup logGroup() {
        return logGroup;
    }
}
