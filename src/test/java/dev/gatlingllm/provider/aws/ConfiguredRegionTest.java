package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ConfiguredRegionTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void hideThisMachine() {
    System.setProperty("aws.configFile", folder.resolve("config").toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    System.setProperty("aws.profile", "work");
  }

  @AfterEach
  void restore() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
    System.clearProperty("aws.profile");
  }

  @Test
  void theVariablesComeBeforeTheProfile() throws IOException {
    assertThat(ConfiguredRegion.find(environment::get)).isEmpty();

    Files.writeString(folder.resolve("config"), "[profile work]\nregion = eu-west-3\n");
    assertThat(ConfiguredRegion.find(environment::get)).hasValue("eu-west-3");

    environment.put("AWS_DEFAULT_REGION", "us-west-2");
    assertThat(ConfiguredRegion.find(environment::get)).hasValue("us-west-2");

    environment.put("AWS_REGION", " eu-north-1 ");
    assertThat(ConfiguredRegion.find(environment::get)).hasValue("eu-north-1");
  }
}
