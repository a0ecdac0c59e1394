package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockHostTest {

  @ParameterizedTest
  @CsvSource({
    "bedrock-mantle.us-east-2.api.aws, bedrock-mantle, us-east-2",
    "BEDROCK-MANTLE.eu-west-1.API.aws, bedrock-mantle, eu-west-1",
    "bedrock-runtime.us-east-1.amazonaws.com, bedrock, us-east-1",
    "bedrock-runtime-fips.us-gov-west-1.amazonaws.com, bedrock, us-gov-west-1",
    "vpce-1.bedrock-runtime.eu-west-1.vpce.amazonaws.com, bedrock, eu-west-1",
    "bedrock-runtime.cn-north-1.amazonaws.com.cn, bedrock, cn-north-1"
  })
  void aHostSaysItsRegionAndItsNameInSignatures(String host, String service, String region) {
    assertThat(BedrockHost.of(URI.create("https://" + host + "/v1")))
        .hasValue(new BedrockHost(service, region));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.openai.com",
        "bedrock-mantle.us-east-1.api.aws.example",
        "xbedrock-mantle.us-east-1.api.aws",
        "s3.us-east-1.api.aws"
      })
  void anotherHostIsNoneOfBedrock(String host) {
    assertThat(BedrockHost.of(URI.create("https://" + host))).isEmpty();
  }

  @Test
  void theAddressOfMantleIsMadeOfItsRegion() {
    assertThat(BedrockHost.mantle("eu-west-1", "/anthropic"))
        .hasToString("https://bedrock-mantle.eu-west-1.api.aws/anthropic");
  }
}
