package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests' own check, against a vector that AWS published ("get-vanilla"). */
class SignaturesTest {

  @Test
  void theCheckAgreesWithAws() {
    String signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    Signatures.Signed signed =
        Signatures.ofHeader(
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            "GET",
            "/",
            Map.of(
                "host", "example.amazonaws.com",
                "x-amz-date", "20150830T123600Z",
                "authorization",
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service"
                        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature="
                        + signature),
            "");

    assertThat(signed.expected()).isEqualTo(signature);
  }
}
