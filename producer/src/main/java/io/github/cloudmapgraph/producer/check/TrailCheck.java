package io.github.cloudmapgraph.producer.check;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import io.github.cloudmapgraph.failure.FailureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/**
 * Looks for a trail that logs the calls that change Cloud Map: without one, EventBridge hears of no change.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html">AWS service
 *     events delivered via AWS CloudTrail</a>
 */
public final class TrailCheck {
    private static final String SUBJECT = "CloudTrail";
    private static final String EVENT_SOURCE = "servicediscovery.amazonaws.com";
    private static final String PERMISSIONS =
            "cloudtrail:DescribeTrails, cloudtrail:GetTrailStatus and cloudtrail:GetEventSelectors";

    private final CloudTrailClient cloudTrail;
    private final CheckReport report;

    /** Creates a check that adds its line to a report. */
    public TrailCheck(CloudTrailClient cloudTrail, CheckReport report) {
        this.cloudTrail = cloudTrail;
        this.report = report;
    }

    /** Looks at the trails until one is found. */
    public void run() {
        List<String> unreadable = new ArrayList<>();
        try {
            for (Trail trail : cloudTrail.describeTrails().trailList()) {
                try {
                    if (isLogging(trail) && logsChanges(trail)) {
                        report.add(SUBJECT, Status.OK, trail.trailARN() + " logs the calls that change Cloud Map", "");
                        return;
                    }
                } catch (SdkException e) {
                    unreadable.add(trail.trailARN() + ": " + FailureText.of(e));
                }
            }
        } catch (SdkException e) {
            unreadable.add(FailureText.of(e));
        }
        if (unreadable.isEmpty()) {
            report.add(
                    SUBJECT,
                    Status.WARNING,
                    "no trail logs the calls that change Cloud Map: changes come with the schedule only",
                    "Create a trail that logs management events of type write.");
        } else {
            report.add(
                    SUBJECT,
                    Status.WARNING,
                    "no trail is known to log the calls that change Cloud Map; could not be read: "
                            + String.join("; ", unreadable),
                    "To have this checked, add the permissions " + PERMISSIONS + " to the function's role.");
        }
    }

    private boolean isLogging(Trail trail) {
        return Boolean.TRUE.equals(cloudTrail
                .getTrailStatus(request -> request.name(trail.trailARN()))
                .isLogging());
    }

    private boolean logsChanges(Trail trail) {
        GetEventSelectorsResponse selectors =
                cloudTrail.getEventSelectors(request -> request.trailName(trail.trailARN()));
        return selectors.eventSelectors().stream().anyMatch(TrailCheck::selectsChanges)
                || selectors.advancedEventSelectors().stream().anyMatch(TrailCheck::selectsChanges);
    }

    static boolean selectsChanges(EventSelector selector) {
        return Boolean.TRUE.equals(selector.includeManagementEvents())
                && selector.readWriteType() != ReadWriteType.READ_ONLY
                && !selector.excludeManagementEventSources().contains(EVENT_SOURCE);
    }

    static boolean selectsChanges(AdvancedEventSelector selector) {
        return field(selector, "eventCategory")
                        .filter(field -> field.equalsValue().contains("Management"))
                        .isPresent()
                && field(selector, "readOnly").stream()
                        .allMatch(field -> field.equalsValue().contains("false"))
                && field(selector, "eventSource").stream().allMatch(TrailCheck::selectsCloudMap);
    }

    private static boolean selectsCloudMap(AdvancedFieldSelector source) {
        return !source.notEquals().contains(EVENT_SOURCE)
                && (source.equalsValue().isEmpty() || source.equalsValue().contains(EVENT_SOURCE));
    }

    private static Optional<AdvancedFieldSelector> field(AdvancedEventSelector selector, String name) {
        return selector.fieldSelectors().stream()
                .filter(field -> name.equals(field.field()))
                .findFirst();
    }
}
