package dev.gatlingllm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AZURE_OPENAI_API_KEY",
        "AZURE_OPENAI_API_KEY_SWEDENCENTRAL",
        "OPENAI_API_KEY",
        "AWS_BEARER_TOKEN_BEDROCK",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
        "AZURE_CLIENT_SECRET",
        "ANTHROPIC_API_KEY",
        "ORCHESTRATOR_KEY",
        "http.proxyPassword",
        "javax.net.ssl.trustStorePassword",
        "aws.secretAccessKey",
        "GH_TOKEN",
        "PGPASSWORD",
        "DB_PWD",
        "MYSQL_PASS",
        "AZURE_STORAGE_CONNECTION_STRING",
        "connectionString",
        "BLOB_SAS",
        "x-functions-key",
        "apikey",
        "Authorization",
        "AUTH",
        "subscriptionKey",
        "accessToken",
        "ACCESSTOKEN",
        "sig",
        "Ocp-Apim-Subscription-Key",
        "SSH_PASSPHRASE"
      })
  void namesASecret(String name) {
    assertThat(SecretNames.looksSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "HOME",
        "PWD",
        "OLDPWD",
        "maxTokens",
        "max_tokens",
        "inputTokens",
        "tokenizer",
        "TOKENIZERS_PARALLELISM",
        "keyHeader",
        "keyVariable",
        "GIT_AUTHOR_NAME",
        "AUTHOR",
        "KEYBOARD_LAYOUT",
        "keyStoreType",
        "javax.net.ssl.keyStore",
        "SSH_AUTH_SOCK",
        "AUTH_MODE",
        "PASSWORD_FILE",
        "top_k",
        "ignore_eos",
        "compass",
        "DISASTER",
        "AZURE_AUTHORITY_HOST",
        "tokenLimit",
        "java.class.path",
        "key_id_count"
      })
  void namesNone(String name) {
    assertThat(SecretNames.looksSecret(name)).isFalse();
  }
}
