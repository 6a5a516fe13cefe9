package io.github.cloudmapgraph.producer.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;

class TrailCheckTest {
    private static final AdvancedFieldSelector MANAGEMENT = equal("eventCategory", "Management");

    @Test
    void selectsChanges_ofManagementEventsThatAreWritten() {
        assertThat(TrailCheck.selectsChanges(basic(true, ReadWriteType.ALL))).isTrue();
        assertThat(TrailCheck.selectsChanges(basic(true, ReadWriteType.WRITE_ONLY)))
                .isTrue();
        assertThat(TrailCheck.selectsChanges(basic(true, ReadWriteType.READ_ONLY)))
                .isFalse();
        assertThat(TrailCheck.selectsChanges(basic(false, ReadWriteType.ALL))).isFalse();
    }

    @Test
    void selectsChanges_unlessCloudMapIsExcluded() {
        EventSelector others = basic(true, ReadWriteType.ALL).toBuilder()
                .excludeManagementEventSources("kms.amazonaws.com")
                .build();
        EventSelector cloudMap = others.toBuilder()
                .excludeManagementEventSources("servicediscovery.amazonaws.com")
                .build();

        assertThat(TrailCheck.selectsChanges(others)).isTrue();
        assertThat(TrailCheck.selectsChanges(cloudMap)).isFalse();
    }

    @Test
    void selectsChanges_ofAdvancedSelectors() {
        assertThat(TrailCheck.selectsChanges(advanced(MANAGEMENT))).isTrue();
        assertThat(TrailCheck.selectsChanges(advanced(MANAGEMENT, equal("readOnly", "false"))))
                .isTrue();
        assertThat(TrailCheck.selectsChanges(advanced(MANAGEMENT, equal("readOnly", "true"))))
                .isFalse();
        assertThat(TrailCheck.selectsChanges(advanced(equal("eventCategory", "Data"))))
                .isFalse();
        assertThat(TrailCheck.selectsChanges(advanced())).isFalse();
    }

    @Test
    void selectsChanges_ofAdvancedSelectorsOnlyWhereTheSourceFits() {
        AdvancedFieldSelector notCloudMap = AdvancedFieldSelector.builder()
                .field("eventSource")
                .notEquals("servicediscovery.amazonaws.com")
                .build();

        assertThat(TrailCheck.selectsChanges(advanced(MANAGEMENT, notCloudMap))).isFalse();
        assertThat(TrailCheck.selectsChanges(advanced(MANAGEMENT, equal("eventSource", "kms.amazonaws.com"))))
                .isFalse();
        assertThat(TrailCheck.selectsChanges(
                        advanced(MANAGEMENT, equal("eventSource", "servicediscovery.amazonaws.com"))))
                .isTrue();
    }

    private static EventSelector basic(boolean management, ReadWriteType type) {
        return EventSelector.builder()
                .includeManagementEvents(management)
                .readWriteType(type)
                .build();
    }

    private static AdvancedEventSelector advanced(AdvancedFieldSelector... fields) {
        return AdvancedEventSelector.builder().fieldSelectors(List.of(fields)).build();
    }

    private static AdvancedFieldSelector equal(String field, String value) {
        return AdvancedFieldSelector.builder().field(field).equalsValue(value).build();
    }
}
