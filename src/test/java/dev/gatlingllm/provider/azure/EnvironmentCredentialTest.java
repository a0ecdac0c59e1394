package dev.gatlingllm.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.gatlingllm.secret.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class EnvironmentCredentialTest {

  @Test
  void aTokenThatTheChainGaveIsHiddenFromThenOn() {
    String token = "eyJhbGciOi.f1f0a7c2d94e6b4b.environment";
    TokenCredential chain =
        request -> Mono.just(new AccessToken(token, Instant.EPOCH.atOffset(ZoneOffset.UTC)));
    AccessToken unused =
        new EnvironmentCredential(() -> chain)
            .getToken(new TokenRequestContext().addScopes(EntraTokens.SCOPE))
            .block(Duration.ofSeconds(30));

    assertThat(Redaction.text("token " + token)).isEqualTo("token ***");
  }
}
