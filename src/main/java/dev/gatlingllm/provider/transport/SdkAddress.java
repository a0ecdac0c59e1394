package dev.gatlingllm.provider.transport;

import java.net.URI;

/**
 * The address that an SDK gets for a service. The SDKs refuse host names with underscores, which
 * containers have: such a name gets dashes on the way through the SDK, and its own again where the
 * request is sent.
 *
 * @param real where requests go
 */
record SdkAddress(URI real) {

  /** The address to configure an SDK with. */
  String forSdk() {
    return real.getHost() != null
        ? real.toString()
        : real.toString().replace(real.getRawAuthority(), real.getRawAuthority().replace('_', '-'));
  }

  /** The real address of a request that the SDK made. */
  String of(String url) {
    return url.startsWith(forSdk()) ? real + url.substring(forSdk().length()) : url;
  }
}
