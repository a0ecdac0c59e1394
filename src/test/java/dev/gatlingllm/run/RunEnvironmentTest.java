package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunEnvironmentTest {

  @Test
  void theSoftwareAndTheMachineAreNamed() {
    assertThat(RunEnvironment.versions()).containsKeys("gatling", "jdk");
    Map<String, String> host = RunEnvironment.host();
    assertThat(host).containsOnlyKeys("name", "os", "arch", "cores", "heapMiB");
    assertThat(Integer.parseInt(host.get("cores"))).isPositive();
  }

  @Test
  void theRevisionIsTwelveDigitsOrNoneWhereThereIsNoRepository() {
    assertThat(RunEnvironment.gitRevision()).matches("[0-9a-f]{12}|");
  }
}
