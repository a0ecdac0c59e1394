/**
 * The contract between the load and a model service: start one call, hand over stamped events.
 * Knows no SDK and no Gatling. Each sub-package is the only importer of its vendor's SDK.
 */
package dev.gatlingllm.provider;
