package dev.gatlingllm.target;

import static dev.gatlingllm.target.Given.machine;
import static dev.gatlingllm.target.Given.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.aws.BedrockTokens;
import dev.gatlingllm.provider.aws.SigV4;
import dev.gatlingllm.provider.azure.EntraTokens;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls which service, and where that is. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class CallersTest {

  private static final String MANTLE = "https://bedrock-mantle.us-east-2.api.aws/v1";
  private static final Map<String, String> IDENTITY = Map.of("AWS_ACCESS_KEY_ID", "x");

  private final Callers callers = new Callers("llm.openai", "/v1");

  @BeforeEach
  void hideTheProfilesOfThisMachine() {
    System.setProperty("aws.configFile", "/nowhere/config");
    System.setProperty("aws.sharedCredentialsFile", "/nowhere/credentials");
  }

  @AfterEach
  void restore() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
  }

  private static Setup setup(Map<String, String> environment, String... settings) {
    return new Setup(
        settings(settings).section(reader -> reader),
        ClientSettings.of(Duration.ofSeconds(1), 1, NanoClock.SYSTEM),
        machine(environment),
        Optional.empty());
  }

  private Callers.Caller caller(
      Map<String, String> environment, String address, String... settings) {
    return callers.caller(
        setup(environment, settings),
        new Callers.Place(
            URI.create(address), address.contains("azure"), List.of("FIRST_KEY", "SECOND_KEY")));
  }

  private static String who(Callers.Caller caller) {
    return caller
        .key()
        .map(Secret::reveal)
        .orElseGet(() -> caller.authorization().map(CallersTest::name).orElse("nobody"));
  }

  private static String name(Authorization authorization) {
    if (authorization instanceof SigV4) {
      return "sigv4";
    }
    return authorization instanceof BedrockTokens
        ? "token"
        : authorization instanceof EntraTokens ? "entra" : "?";
  }

  @ParameterizedTest
  @CsvSource({
    "auto,          https://api.openai.com/v1,          nobody",
    "auto,          https://name.openai.azure.com/v1,   entra",
    "auto,          " + MANTLE + ",                     sigv4",
    "auto,          https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1, sigv4",
    "entra,         https://gateway.example/v1,         entra",
    "sigv4,         http://127.0.0.1:1/v1,              sigv4",
    "bedrock-token, " + MANTLE + ",                     token"
  })
  void withoutAKeyTheMethodOrTheHostDecides(String method, String address, String who) {
    assertThat(
            who(
                caller(
                    Map.of("AWS_REGION", "us-east-2"), address, "llm.openai.authMethod=" + method)))
        .isEqualTo(who);
  }

  @ParameterizedTest
  @CsvSource({"auto, k1", "key, k1", "sigv4, sigv4", "bedrock-token, token", "entra, entra"})
  void aKeyComesFirstUnlessAnotherMethodIsChosen(String method, String who) {
    Map<String, String> keys = Map.of("FIRST_KEY", "k1", "SECOND_KEY", "k2");
    assertThat(who(caller(keys, MANTLE, "llm.openai.authMethod=" + method))).isEqualTo(who);
  }

  @Test
  void whoHasNoCredentialsReadsWhatWouldHelpBeforeTheLoad() {
    String chain =
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, sign in with 'aws login', 'aws sso login' or"
            + " 'aws configure', or set llm.bedrock.credential = chain to search the SDK's default"
            + " chain all the same";
    assertThatThrownBy(() -> caller(Map.of(), MANTLE).check().run())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "no credentials for llm.openai.baseUrl = "
                + MANTLE
                + ": set AWS_BEARER_TOKEN_BEDROCK (a Bedrock API key) or "
                + chain);
    assertThatThrownBy(
            () -> caller(Map.of(), MANTLE, "llm.openai.authMethod=bedrock-token").check().run())
        .hasMessage("no credentials for llm.openai.baseUrl = " + MANTLE + ": set " + chain);
    assertThatThrownBy(() -> caller(Map.of(), MANTLE, "llm.openai.authMethod=key").check().run())
        .hasMessage(
            "no key for llm.openai.baseUrl = "
                + MANTLE
                + ", which llm.openai.authMethod = key needs: set the environment variable"
                + " FIRST_KEY or SECOND_KEY");
    assertThatThrownBy(
            () -> caller(Map.of(), "https://x", "llm.openai.authMethod=entra").check().run())
        .hasMessageContaining("sign in with 'az login'");
    assertThatCode(() -> caller(IDENTITY, MANTLE).check().run()).doesNotThrowAnyException();
    assertThatCode(() -> caller(Map.of(), MANTLE, "llm.bedrock.credential=chain").check().run())
        .doesNotThrowAnyException();
  }

  private String address(Map<String, String> environment, String... settings) {
    return callers.address(setup(environment, settings)).map(URI::toString).orElse("none");
  }

  @Test
  void theAddressOfMantleIsMadeOfTheRegion() {
    String ofSetting = "https://bedrock-mantle.eu-west-1.api.aws/v1";
    Map<String, String> environment = Map.of("AWS_REGION", "us-east-2");
    assertThat(address(environment, "llm.openai.region=eu-west-1")).isEqualTo(ofSetting);
    assertThat(address(environment, "llm.openai.authMethod=sigv4")).isEqualTo(MANTLE);
    assertThat(
            address(
                Map.of("AWS_DEFAULT_REGION", "us-east-2"), "llm.openai.authMethod=bedrock-token"))
        .isEqualTo(MANTLE);
    assertThat(address(environment, "llm.openai.authMethod=sigv4", "llm.openai.baseUrl=http://h"))
        .isEqualTo("http://h");
    assertThat(address(environment)).as("AWS_REGION alone chooses nothing").isEqualTo("none");
    assertThatThrownBy(() -> address(Map.of(), "llm.openai.authMethod=sigv4"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.openai.region must be set to the region of Amazon Bedrock, such as us-east-1:"
                + " neither the address nor AWS_REGION, AWS_DEFAULT_REGION or the profile says one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"US East", "us_east_1", "virginia", "us-east-1.evil.example/"})
  void whatIsNoRegionIsRefused(String region) {
    assertThatThrownBy(() -> address(Map.of(), "llm.openai.region=" + region))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.openai.region must be a region of AWS such as us-east-1, was " + region);
  }

  @Test
  void aRegionThatContradictsTheAddressOrThatNothingUsesIsRefused() {
    assertThatThrownBy(() -> caller(IDENTITY, MANTLE, "llm.openai.region=eu-west-1"))
        .hasMessage(
            "llm.openai.region = eu-west-1 contradicts llm.openai.baseUrl = "
                + MANTLE
                + ": leave one of them empty");
    assertThatThrownBy(
            () -> caller(IDENTITY, "https://api.openai.com/v1", "llm.openai.region=eu-west-1"))
        .hasMessageStartingWith(
            "llm.openai.region is that of Amazon Bedrock, but llm.openai.baseUrl ="
                + " https://api.openai.com/v1 is none of its hosts");
    assertThatCode(
            () ->
                caller(
                    IDENTITY,
                    "https://gateway.example/v1",
                    "llm.openai.region=eu-west-1",
                    "llm.openai.authMethod=sigv4"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Amz-Date", "x-amz-security-token"})
  void aHeaderThatTheSignatureSaysIsRefused(String name) {
    Setup setup = setup(IDENTITY);
    NetworkSettings network =
        new NetworkSettings(
            Duration.ofSeconds(1), new RequestHeaders(Map.of(name, "hidden")), Proxies.NONE, false);
    Setup withHeader =
        new Setup(
            setup.settings(), setup.client().with(network), setup.machine(), Optional.empty());
    Callers.Place place = new Callers.Place(URI.create(MANTLE), false, List.of("FIRST_KEY"));

    assertThatThrownBy(() -> callers.caller(withHeader, place))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.request.headers."
                + name
                + " cannot be set for requests that are signed (sigv4): the signature says this"
                + " header itself");
  }

  @Test
  void credentialsOfAwsDoNotGoInPlainTextToAnotherMachine() {
    for (String method : new String[] {"sigv4", "bedrock-token"}) {
      String[] plain = {
        "llm.provider=openai",
        "llm.openai.model=m",
        "llm.openai.region=eu-west-1",
        "llm.openai.baseUrl=http://example.invalid/v1",
        "llm.openai.authMethod=" + method
      };
      assertThatThrownBy(() -> new ProviderClients(settings(plain), machine(IDENTITY)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("llm.openai.plainHttp = allow");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, llm.anthropic, https://bedrock-mantle.eu-west-1.api.aws/anthropic",
    "openai,    llm.openai,    https://bedrock-mantle.eu-west-1.api.aws/v1"
  })
  void aRegionIsEnoughToReachMantle(String provider, String section, String address) {
    for (String setting :
        new String[] {section + ".region=eu-west-1", section + ".authMethod=bedrock-token"}) {
      CallTarget target =
          new ProviderClients(
                  settings("llm.provider=" + provider, section + ".model=m", setting),
                  machine(Map.of("AWS_ACCESS_KEY_ID", "x", "AWS_REGION", "eu-west-1")))
              .target();
      target.client().close();
      assertThat(target.address()).hasValue(URI.create(address));
    }
  }

  @Test
  void anEntryOfTheRegionsSignsForTheRegionOfItsHostOrElseOfTheSettingOrItsName() {
    assertThat(regionOf("north", MANTLE, "llm.openai.region=eu-west-1")).isEqualTo("us-east-2");
    assertThat(regionOf("us-east-2", "https://gateway.example")).isEqualTo("us-east-2");
    assertThat(regionOf("us-east-2", "https://gateway.example", "llm.openai.region=eu-west-1"))
        .isEqualTo("eu-west-1");
  }

  private String regionOf(String name, String address, String... settings) {
    URI baseUrl = URI.create(address);
    Setup entry = setup(IDENTITY, settings).in(new Setup.Region(name, baseUrl));
    Callers.Place place = new Callers.Place(baseUrl, false, List.of("FIRST_KEY"));
    assertThat(callers.caller(entry, place).key()).isEmpty();
    return callers.regionOf(entry, place);
  }

  @Test
  void anthropicIsReachedWithoutAnAddress() {
    CallTarget target =
        new ProviderClients(
                settings("llm.provider=anthropic", "llm.anthropic.model=m"),
                machine(Map.of("ANTHROPIC_API_KEY", "key-of-a-test")))
            .target();
    target.client().close();
    assertThat(target.address()).hasValue(URI.create("https://api.anthropic.com"));
    assertThatThrownBy(
            () ->
                new ProviderClients(
                        settings("llm.provider=anthropic", "llm.anthropic.model=m"),
                        machine(Map.of()))
                    .target())
        .hasMessage(
            "no credentials for llm.anthropic.baseUrl = https://api.anthropic.com: set the"
                + " environment variable ANTHROPIC_API_KEY");
  }
}
