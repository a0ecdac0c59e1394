/**
 * Who calls services of AWS: the credentials of the default chain, and what is made of them. The
 * clients of several providers use it.
 */
package dev.gatlingllm.provider.aws;
