package dev.gatlingllm.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Who calls, when the settings do not say so. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BedrockCredentialsTest {

  @TempDir private Path folder;
  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void hideThisMachine() {
    set("aws.disableEc2Metadata", "true");
    set("aws.sharedCredentialsFile", "/nowhere/credentials");
    set("aws.configFile", "/nowhere/config");
    set("aws.profile", "nobody");
  }

  @AfterEach
  void restore() {
    before.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }

  @Test
  void saysHowToGiveCredentialsWhereThereAreNone() throws Exception {
    set("aws.profile", null);

    Failure failure = failureWithoutStub();

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
    assertThat(failure.status()).isZero();
    assertThat(failure.code()).isEqualTo("credentials");
    assertThat(failure.message())
        .startsWith("no AWS credentials: set AWS_BEARER_TOKEN_BEDROCK")
        .contains("AWS_PROFILE")
        .hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void saysWhichHalfOfAnAccessKeyIsMissing() throws Exception {
    set("aws.accessKeyId", "AKIDEXAMPLE");
    set("aws.secretAccessKey", null);

    assertThat(failureWithoutStub().message())
        .isEqualTo("no AWS credentials: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void namesAProfileThatThereIsNot() throws Exception {
    assertThat(failureWithoutStub().message())
        .doesNotContain("or AWS_PROFILE")
        .startsWith(
            "no AWS credentials from the profile nobody (AWS_PROFILE): it is in neither"
                + " AWS_CONFIG_FILE");
  }

  @Test
  void saysWhyAProfileOfSingleSignOnGivesNone() throws Exception {
    config(
        """
        [profile work]
        sso_session = corp
        sso_account_id = 111122223333
        sso_role_name = Dev
        [sso-session corp]
        sso_start_url = https://127.0.0.1:9/start
        sso_region = us-east-1
        """);

    assertThat(failureWithoutStub().message())
        .startsWith("no AWS credentials from the profile work (AWS_PROFILE): The SSO session")
        .endsWith("Unable to load SSO token");
  }

  @Test
  void saysWhyAProfileOfAnAwsLoginGivesNone() throws Exception {
    config(
        """
        [profile work]
        login_session = arn:aws:iam::111122223333:user/me
        region = us-east-1
        """);

    assertThat(failureWithoutStub().message())
        .startsWith("no AWS credentials from the profile work (AWS_PROFILE): ")
        .doesNotContain("ClassNotFound", "class path", "ProfileFile(");
  }

  @Test
  void saysWhyAWebIdentityGivesNone() throws Exception {
    set("aws.webIdentityTokenFile", folder.resolve("no-such-token").toString());
    set("aws.roleArn", "arn:aws:iam::111122223333:role/x");
    set("aws.region", "us-east-1");

    assertThat(failureWithoutStub().message())
        .startsWith("no AWS credentials from the web identity of AWS_WEB_IDENTITY_TOKEN_FILE: ")
        .contains("NoSuchFileException");
  }

  @Test
  void assumesTheRoleOfAProfile() throws Exception {
    try (StubBedrock sts = new StubBedrock(Protocol.HTTP1_1, BedrockCredentialsTest::assumed)) {
      config(
          """
          [profile work]
          role_arn = arn:aws:iam::111122223333:role/bench
          source_profile = base
          region = us-east-1
          [profile base]
          aws_access_key_id = AKIDBASE
          aws_secret_access_key = secret-of-the-base
          """);
      set("aws.endpointUrlSts", sts.uri().toString());

      assertThat(sent().header("authorization")).contains("Credential=ASIAROLE/");
    }
  }

  @Test
  void quotesNothingThatACredentialProcessPrinted() throws Exception {
    config("[profile work]\ncredential_process = /bin/echo {secret-of-the-process}\n");

    assertThat(failureWithoutStub().message())
        .contains("process-based credentials")
        .endsWith("JsonParseException")
        .doesNotContain("secret");
  }

  private static void assumed(StubCall call) {
    byte[] answer =
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken><Expiration>2066-01-01T00:00:00Z</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>"""
            .getBytes(UTF_8);
    call.head(200, "content-type", "text/xml").bytes(answer).end();
  }

  private void config(String text) throws IOException {
    set("aws.configFile", Files.writeString(folder.resolve("config"), text).toString());
    set("aws.profile", "work");
  }

  @Test
  void signsWithWhatTheChainFinds() throws Exception {
    set("aws.accessKeyId", "AKIDCHAIN");
    set("aws.secretAccessKey", "secret-of-the-chain");
    set("aws.sessionToken", "token-of-the-chain");

    StubCall call = sent();

    assertThat(call.header("authorization")).startsWith("AWS4-HMAC-SHA256 Credential=AKIDCHAIN/");
    assertThat(call.header("x-amz-security-token")).isEqualTo("token-of-the-chain");
  }

  @Test
  void bearsTheApiKeyOfTheEnvironment() throws Exception {
    set("aws.bearerTokenBedrock", "key-of-the-environment");

    assertThat(sent().header("authorization")).isEqualTo("Bearer key-of-the-environment");
  }

  private static StubCall sent() throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP2);
        BedrockClient client = new BedrockClient(settings(stub))) {
      client.start(LlmRequest.ofPrompt("Hi"), new RecordingListener());
      return stub.take();
    }
  }

  private static Failure failureWithoutStub() throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP2);
        BedrockClient client = new BedrockClient(settings(stub))) {
      RecordingListener listener = new RecordingListener();
      client.start(LlmRequest.ofPrompt("Hi"), listener);
      Failure failure = listener.failure();
      assertThat(stub.requests()).isZero();
      return failure;
    }
  }

  private static BedrockSettings settings(StubBedrock stub) {
    return Settings.to(stub.uri(), Protocol.HTTP2, Optional.empty(), Optional.empty());
  }

  private void set(String key, String value) {
    if (!before.containsKey(key)) {
      before.put(key, System.getProperty(key));
    }
    if (value == null) {
      System.clearProperty(key);
    } else {
      System.setProperty(key, value);
    }
  }
}
