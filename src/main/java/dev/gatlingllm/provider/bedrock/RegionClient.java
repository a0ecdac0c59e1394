package dev.gatlingllm.provider.bedrock;

import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;

/**
 * The SDK client of one region.
 *
 * @param sdk the client, its retries off
 * @param needsCredentials whether its calls are signed with credentials that must be looked up
 */
record RegionClient(BedrockRuntimeAsyncClient sdk, boolean needsCredentials) {

  static RegionClient of(String region, BedrockSettings settings, SdkAsyncHttpClient httpClient) {
    BedrockRuntimeAsyncClientBuilder builder =
        BedrockRuntimeAsyncClient.builder()
            .region(Region.of(region))
            .httpClient(httpClient)
            // One future a call is completed, on the event loop that read its last bytes.
            .asyncConfiguration(
                async ->
                    async.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
            .overrideConfiguration(
                config ->
                    config
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .putAdvancedOption(
                            SdkAdvancedClientOption.USER_AGENT_PREFIX,
                            settings.client().userAgent()))
            .credentialsProvider(AnonymousCredentialsProvider.create());
    settings.endpoint().ifPresent(builder::endpointOverride);
    settings.apiKey().ifPresent(key -> bear(key, builder));
    settings.accessKey().ifPresent(key -> sign(key, builder));
    BedrockRuntimeAsyncClient sdk = builder.build();
    return new RegionClient(sdk, settings.accessKey().isEmpty() && signs(sdk, region));
  }

  private static void bear(BedrockApiKey key, BedrockRuntimeAsyncClientBuilder builder) {
    builder
        .tokenProvider(StaticTokenProvider.create(key::value))
        .authSchemeProvider(
            BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of("httpBearerAuth")));
  }

  private static void sign(AccessKey key, BedrockRuntimeAsyncClientBuilder builder) {
    builder
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
        .authSchemeProvider(BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of("sigv4")));
  }

  /** Asks the client what it prefers, since it also reads an API key from the environment. */
  private static boolean signs(BedrockRuntimeAsyncClient sdk, String region) {
    return sdk.serviceClientConfiguration()
        .authSchemeProvider()
        .resolveAuthScheme(params -> params.operation("ConverseStream").region(Region.of(region)))
        .get(0)
        .schemeId()
        .startsWith("aws.auth#");
  }
}
