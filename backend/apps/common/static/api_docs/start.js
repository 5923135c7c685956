// Starts Swagger UI on the schema that the page names.
const root = document.getElementById("swagger-ui");
window.SwaggerUIBundle({
  domNode: root,
  url: root.dataset.schema,
  deepLinking: true,
  persistAuthorization: false,
  tryItOutEnabled: false,
  validatorUrl: null,
});
