package dev.assay.operator.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTroubleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}] | ''",
        "containerStatuses: [{state: {running: {}}}] | ''",
        "containerStatuses: [{state: {waiting: {reason: ErrImagePull, message: no such image}}}] | ErrImagePull: no such image",
        "containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}}] | CrashLoopBackOff",
        "conditions: [{type: PodScheduled, status: 'False', message: no node fits}] | no node fits",
        "conditions: [{type: PodScheduled, status: 'True', message: fits}] | ''",
        "phase: Pending | ''",
      })
  void isSaidInTheWordsOfWhoKnows(String status, String trouble) {
    assertThat(PodTrouble.of(List.of(pod("{}", status)))).isEqualTo(trouble);
  }

  @Test
  void aPodThatGoesIsNoTrouble() {
    var going =
        pod(
            "{deletionTimestamp: '2026-11-22T12:00:00Z'}",
            "containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}}]");

    assertThat(PodTrouble.of(List.of(going))).isEmpty();
    assertThat(PodTrouble.of(List.of())).isEmpty();
  }

  private static Pod pod(String metadata, String status) {
    return new KubernetesSerialization()
        .unmarshal(
            "apiVersion: v1\nkind: Pod\nmetadata: " + metadata + "\nstatus: {" + status + "}\n",
            Pod.class);
  }
}
