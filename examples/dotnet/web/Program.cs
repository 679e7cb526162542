// A web service with ASP.NET Core: every line that a request logs carries its id and path. `dotnet run`, then /orders/7.
using System;
using System.Collections.Generic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Logging.AddDistributedLogs(options => (options.ServiceName, options.ComponentName) = ("shop", "web"));
WebApplication app = builder.Build();

// A scope's fields are those of everything that is logged within it, by this program, ASP.NET Core and all libraries.
app.Use(async (http, next) =>
{
    string id = http.Request.Headers["X-Request-Id"].ToString() is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
    using (app.Logger.BeginScope(new Dictionary<string, object> { ["request_id"] = id, ["path"] = http.Request.Path.ToString() }))
    {
        await next(http);
        app.Logger.LogInformation("Request done with {Status}", http.Response.StatusCode);
    }
});

app.MapGet("/orders/{order:int}", (int order) =>
{
    app.Logger.LogInformation("Reading the order {Order}", order);
    return Results.Ok(new { order });
});

// The host closes the logger, which sends what waits, when SIGTERM or Ctrl-C stops it.
app.Run($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}");
