/** A client that logs like a small shop, for the page and the demo; nothing else uses it. */
package com.distributedlogs.demo;
